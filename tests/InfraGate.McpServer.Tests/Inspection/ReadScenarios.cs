using System.Text.Json;
using System.Text.Json.Nodes;
using InfraGate.McpServer.Tests.Support;
using InfraGate.RealParts.Clusters;
using InfraGate.RealParts.Waiting;

namespace InfraGate.McpServer.Tests.Inspection;

/// <summary>Status, events, logs and single objects on real objects, on both clusters.</summary>
public abstract class ReadScenarios(IClusterUnderTest cluster)
{
    [Fact]
    public async Task The_inventory_names_cluster_version_and_namespaces()
    {
        using var server = ServerUnderTest.Start(cluster.KubeconfigPath, "shop,mcp-nginx-demo");

        var answer = await server.ReadAsync("get_allowed_namespaces", []);

        var entry = answer.GetProperty("clusters")[0];
        entry.GetProperty("reachable").GetBoolean().ShouldBeTrue();
        Text(entry, "version").ShouldStartWith("v1.");
        entry.GetProperty("namespaces").EnumerateArray().Select(name => name.GetString()).ShouldBe(["mcp-nginx-demo", "shop"]);
    }

    [Fact]
    public async Task A_status_shows_rollouts_services_with_ready_endpoints_and_config_map_keys()
    {
        var ns = await cluster.NewNamespaceAsync();

        var answer = await UntilAsync(ns, "get_k8s_status", [], found =>
            found.TryGetProperty("services", out var services) && services[0].GetProperty("ready").GetInt32() == 2
            && Text(found.GetProperty("deployments")[0], "state") == "available");

        var deployment = answer.GetProperty("deployments")[0];
        Text(deployment, "name").ShouldBe("nginx-demo");
        Text(deployment, "pods").ShouldBe("2 Running");
        deployment.GetProperty("images")[0].GetString()!.ShouldContain("nginx");
        answer.GetProperty("services")[0].GetProperty("ports")[0].GetString().ShouldBe("http 80 to http/TCP");
        answer.GetProperty("configMaps").EnumerateArray().ShouldContain(map => Text(map, "name") == "nginx-demo" && map.GetProperty("keys")[0].GetString()!.StartsWith("default.conf ", StringComparison.Ordinal));
        answer.GetRawText().ShouldNotContain("listen 8080");
    }

    [Fact]
    public async Task A_status_puts_trouble_first_and_names_the_outliers()
    {
        var ns = await cluster.NewNamespaceAsync(withDemoWorkload: false);
        await cluster.Admin.ApplyAsync(Workloads.Deployment(ns, "alpha", "registry.local/web:1"));
        await cluster.Admin.ApplyAsync(Workloads.Deployment(ns, "zulu", "registry.local/web:crash", "crash-loop-back-off"));

        var answer = await UntilAsync(ns, "get_k8s_status", [], found => found.TryGetProperty("deployments", out var list)
            && list.GetArrayLength() == 2 && Text(list[0], "pods").Contains("CrashLoopBackOff") && Text(list[1], "state") == "available");

        Text(answer.GetProperty("deployments")[0], "name").ShouldBe("zulu");
        answer.GetProperty("deployments")[0].GetProperty("outliers")[0].GetString()!.ShouldContain("CrashLoopBackOff");
        Text(answer, "summary").ShouldContain("Look first at zulu");
    }

    [Fact]
    public async Task A_label_selector_narrows_the_status()
    {
        var ns = await cluster.NewNamespaceAsync(withDemoWorkload: false);
        await cluster.Admin.ApplyAsync(Workloads.Deployment(ns, "one", "registry.local/web:1"));
        await cluster.Admin.ApplyAsync(Workloads.Deployment(ns, "two", "registry.local/web:1"));

        var answer = await UntilAsync(ns, "get_k8s_status", new JsonObject { ["labelSelector"] = "app=one" }, found =>
            found.TryGetProperty("otherPods", out var pods) && pods[0].GetProperty("count").GetInt32() == 1);

        answer.TryGetProperty("deployments", out _).ShouldBeFalse("the Deployments themselves carry no label app");
    }

    [Fact]
    public async Task Events_are_grouped_by_reason_and_object_newest_first()
    {
        var ns = await cluster.NewNamespaceAsync(withDemoWorkload: false);
        await cluster.Admin.ApplyAsync(Workloads.Deployment(ns, "web", "registry.local/web:does-not-exist"));

        var answer = await UntilAsync(ns, "get_k8s_events", [], found =>
            found.GetProperty("events").EnumerateArray().Any(line => Text(line, "reason") == "Failed" && line.GetProperty("count").GetInt32() > 1));

        var lines = answer.GetProperty("events").EnumerateArray().ToList();
        lines.Select(line => (Text(line, "object"), Text(line, "reason"))).ShouldBeUnique();
        lines.Select(line => Text(line, "last")).ShouldBeInOrder(SortDirection.Descending);
        lines.Count(line => Text(line, "reason") == "Failed").ShouldBe(1);
    }

    [Fact]
    public async Task Events_can_be_narrowed_by_the_object_they_are_about()
    {
        var ns = await cluster.NewNamespaceAsync(withDemoWorkload: false);
        await cluster.Admin.ApplyAsync(Workloads.Deployment(ns, "web", "registry.local/web:1"));
        await UntilAsync(ns, "get_k8s_events", [], found => found.GetProperty("events").EnumerateArray().Any(line => Text(line, "object") == "Deployment/web"));

        foreach (var field in new[] { "regarding.name", "involvedObject.name" })
        {
            var answer = await UntilAsync(ns, "get_k8s_events", new JsonObject { ["fieldSelector"] = $"{field}=web" }, found => found.GetProperty("events").GetArrayLength() > 0);
            answer.GetProperty("events").EnumerateArray().ShouldAllBe(line => Text(line, "object") == "Deployment/web");
        }
    }

    [Fact]
    public async Task Logs_show_the_newest_lines_with_the_time_when_asked()
    {
        var (ns, pod) = await RunningPodAsync(Workloads.Deployment, "registry.local/web:1");
        using var server = ServerUnderTest.Start(cluster.KubeconfigPath, ns);
        var arguments = new JsonObject { ["namespace"] = ns, ["podName"] = pod, ["tailLines"] = 2 };

        var answer = await server.ReadAsync("get_pod_logs", arguments);
        arguments["timestamps"] = true;
        var stamped = await server.ReadAsync("get_pod_logs", arguments);

        answer.GetProperty("lines").GetArrayLength().ShouldBe(2);
        stamped.GetProperty("lines")[0].GetString()!.ShouldMatch(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[.\d]*Z ");
    }

    [Fact]
    public async Task Logs_of_the_run_before_a_restart_are_read_with_previous()
    {
        var (ns, pod) = await RunningPodAsync(Workloads.Deployment, "registry.local/web:crash", "crash-loop-back-off");
        using var server = ServerUnderTest.Start(cluster.KubeconfigPath, ns);

        var answer = await Eventually.GetAsync(
            () => server.CallAsync("get_pod_logs", new JsonObject { ["namespace"] = ns, ["podName"] = pod, ["previous"] = true }),
            result => result.IsError is not true);

        answer.StructuredContent!.Value.GetProperty("lines").GetArrayLength().ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Logs_that_do_not_exist_are_explained()
    {
        var (ns, pod) = await RunningPodAsync(Workloads.Deployment, "registry.local/web:1");
        using var server = ServerUnderTest.Start(cluster.KubeconfigPath, ns);

        var never = await server.RefusalAsync("get_pod_logs", new JsonObject { ["namespace"] = ns, ["podName"] = pod, ["previous"] = true });
        var missing = await server.RefusalAsync("get_pod_logs", new JsonObject { ["namespace"] = ns, ["podName"] = "nobody" });

        Text(never, "code").ShouldBe("not_found");
        Text(never, "hint").ShouldContain("previous=false");
        Text(missing, "code").ShouldBe("not_found");
    }

    [Fact]
    public async Task Logs_of_a_pod_with_several_containers_need_one_to_be_named()
    {
        var (ns, pod) = await RunningPodAsync((space, name, image, behaviour, replicas, _) => Workloads.Deployment(space, name, image, behaviour, replicas, WithSidecar), "registry.local/web:1");
        using var server = ServerUnderTest.Start(cluster.KubeconfigPath, ns);

        var refusal = await server.RefusalAsync("get_pod_logs", new JsonObject { ["namespace"] = ns, ["podName"] = pod });
        var answer = await server.ReadAsync("get_pod_logs", new JsonObject { ["namespace"] = ns, ["podName"] = pod, ["container"] = "sidecar" });

        Text(refusal, "code").ShouldBe("invalid_argument");
        Text(refusal, "message").ShouldContain("web");
        Text(refusal, "message").ShouldContain("sidecar");
        Text(answer, "container").ShouldBe("sidecar");
    }

    [Fact]
    public async Task One_deployment_is_shown_without_secret_values_or_generated_annotations()
    {
        var ns = await cluster.NewNamespaceAsync(withDemoWorkload: false);
        var deployment = Workloads.Deployment(ns, "web", "registry.local/web:1", change: WithSecrets);
        await cluster.Admin.ApplyAsync(deployment);
        using var server = ServerUnderTest.Start(cluster.KubeconfigPath, ns);

        var result = await server.CallAsync("get_k8s_resource", new JsonObject { ["namespace"] = ns, ["kind"] = "Deployment", ["name"] = "web" });

        var answer = result.StructuredContent!.Value;
        var env = answer.GetProperty("workload").GetProperty("template").GetProperty("containers")[0].GetProperty("env").EnumerateArray().Select(line => line.GetString()!).ToList();
        env.ShouldContain("LOG_LEVEL=debug");
        env.ShouldContain("FROM_SECRET from Secret/db password");
        env.Single(line => line.StartsWith("DB_PASSWORD=", StringComparison.Ordinal)).ShouldStartWith("DB_PASSWORD=sha256:");
        foreach (var shown in new[] { answer.GetRawText(), ServerUnderTest.Text(result) })
        {
            shown.ShouldNotContain("hunter2-Tr0ub4dor");
            shown.ShouldNotContain("last-applied");
        }
    }

    [Theory]
    [InlineData("Pod")]
    [InlineData("ReplicaSet")]
    [InlineData("Service")]
    [InlineData("ConfigMap")]
    public async Task Every_readable_kind_can_be_read(string kind)
    {
        var ns = await cluster.NewNamespaceAsync();
        var name = kind switch
        {
            "Pod" => (string)(await Eventually.GetAsync(() => cluster.Admin.ListAsync(KubePath.Pods(ns)), pods => pods.Count > 0))[0]["metadata"]!["name"]!,
            "ReplicaSet" => (string)(await Eventually.GetAsync(() => cluster.Admin.ListAsync(KubePath.ReplicaSets(ns)), sets => sets.Count > 0))[0]["metadata"]!["name"]!,
            _ => "nginx-demo",
        };
        using var server = ServerUnderTest.Start(cluster.KubeconfigPath, ns);

        var answer = await server.ReadAsync("get_k8s_resource", new JsonObject { ["namespace"] = ns, ["kind"] = kind, ["name"] = name });

        Text(answer, "kind").ShouldBe(kind);
        Text(answer, "name").ShouldBe(name);
        answer.GetRawText().ShouldNotContain("listen 8080");
    }

    [Theory]
    [InlineData("Secret", "unsupported_kind")]
    [InlineData("secrets", "unsupported_kind")]
    [InlineData("Ingress", "unsupported_kind")]
    [InlineData("Deployment", "not_found")]
    public async Task What_cannot_be_read_is_refused_by_name(string kind, string code)
    {
        using var server = ServerUnderTest.Start(cluster.KubeconfigPath, IClusterUnderTest.DemoNamespace);

        var refusal = await server.RefusalAsync("get_k8s_resource", new JsonObject { ["namespace"] = IClusterUnderTest.DemoNamespace, ["kind"] = kind, ["name"] = "none" });

        Text(refusal, "code").ShouldBe(code);
    }

    [Fact]
    public async Task A_bad_selector_is_the_callers_mistake()
    {
        using var server = ServerUnderTest.Start(cluster.KubeconfigPath, IClusterUnderTest.DemoNamespace);

        var refusal = await server.RefusalAsync("get_k8s_status", new JsonObject { ["namespace"] = IClusterUnderTest.DemoNamespace, ["labelSelector"] = "a=(" });

        Text(refusal, "code").ShouldBe("invalid_argument");
    }

    [Fact]
    public async Task Reading_writes_nothing()
    {
        var ns = await cluster.NewNamespaceAsync();
        using var server = ServerUnderTest.Start(cluster.KubeconfigPath, ns);
        foreach (var tool in new[] { "get_k8s_status", "get_k8s_events" })
        {
            await server.ReadAsync(tool, new JsonObject { ["namespace"] = ns });
        }

        await server.ReadAsync("get_deployment_diagnostics", new JsonObject { ["namespace"] = ns, ["name"] = "nginx-demo" });

        (await cluster.CountWritesAsync(ns)).ShouldBe(0);
    }

    private static string Text(JsonElement element, string property) => element.GetProperty(property).GetString()!;

    private async Task<JsonElement> UntilAsync(string ns, string tool, JsonObject arguments, Func<JsonElement, bool> condition)
    {
        using var server = ServerUnderTest.Start(cluster.KubeconfigPath, ns);
        arguments["namespace"] = ns;
        return await Eventually.GetAsync(() => server.ReadAsync(tool, arguments), condition);
    }

    private async Task<(string Namespace, string Pod)> RunningPodAsync(DeploymentMaker make, string image, string? behaviour = null)
    {
        var ns = await cluster.NewNamespaceAsync(withDemoWorkload: false);
        await cluster.Admin.ApplyAsync(make(ns, "web", image, behaviour, 1, null));
        var pods = await Eventually.GetAsync(() => cluster.Admin.ListAsync(KubePath.Pods(ns)), found => found.Count == 1 && (string?)found[0]["status"]?["phase"] == "Running");
        return (ns, (string)pods[0]["metadata"]!["name"]!);
    }

    private static void WithSidecar(JsonObject deployment) =>
        deployment["spec"]!["template"]!["spec"]!["containers"]!.AsArray().Add((JsonNode)Workloads.Parse("""{ "name": "sidecar", "image": "registry.local/side:1" }"""));

    private static void WithSecrets(JsonObject deployment)
    {
        deployment["metadata"]!["annotations"] = new JsonObject { ["kubectl.kubernetes.io/last-applied-configuration"] = "{\"env\":\"hunter2-Tr0ub4dor\"}" };
        Workloads.Container(deployment)["env"] = JsonNode.Parse("""
            [
              { "name": "LOG_LEVEL", "value": "debug" },
              { "name": "DB_PASSWORD", "value": "hunter2-Tr0ub4dor" },
              { "name": "FROM_SECRET", "valueFrom": { "secretKeyRef": { "name": "db", "key": "password" } } }
            ]
            """);
    }

    private delegate JsonObject DeploymentMaker(string ns, string name, string image, string? behaviour, int replicas, Action<JsonObject>? change);
}
