using System.Text.Json;
using System.Text.Json.Nodes;
using InfraGate.McpServer.Tests.Support;
using InfraGate.RealParts.Clusters;
using InfraGate.RealParts.Waiting;

namespace InfraGate.McpServer.Tests.Inspection;

/// <summary>Every diagnosis on real objects; the same scenarios run against the sandbox and against a real control plane.</summary>
public abstract class DiagnosisScenarios(IClusterUnderTest cluster)
{
    [Fact]
    public async Task An_image_that_cannot_be_pulled_is_named_with_what_the_registry_said()
    {
        var cause = await DeploymentCauseAsync("image_pull_backoff", ns => Workloads.Deployment(ns, "web", "registry.local/web:does-not-exist"));

        Text(cause, "summary").ShouldContain("registry.local/web:does-not-exist");
        Evidence(cause).ShouldContain("pull", Case.Insensitive);
        Text(cause, "next").ShouldContain("request_set_deployment_image");
    }

    [Fact]
    public async Task A_crash_loop_is_told_with_its_last_exit_code()
    {
        var cause = await DeploymentCauseAsync("crash_loop_backoff", ns => Workloads.Deployment(ns, "web", "registry.local/web:crash", "crash-loop-back-off"));

        Text(cause, "summary").ShouldContain("exit code 1");
        Text(cause, "next").ShouldContain("previous=true");
    }

    [Fact]
    public async Task Running_out_of_memory_is_told_with_the_limit()
    {
        var cause = await DeploymentCauseAsync("oom_killed", ns => Workloads.Deployment(ns, "web", "registry.local/web:oom", "oom-killed"));

        Text(cause, "summary").ShouldContain("limit 64Mi");
        Evidence(cause).ShouldContain("exitCode=137");
    }

    [Fact]
    public async Task A_failing_readiness_probe_is_named_with_how_often_it_failed()
    {
        var cause = await DeploymentCauseAsync("probe_failing", ns => Workloads.Deployment(ns, "web", "registry.local/web:unready", "readiness-fails", change: WithReadinessProbe));

        Text(cause, "summary").ShouldContain("Readiness probe of container web failed");
        Text(cause, "summary").ShouldMatch("failed [0-9]+ times?");
        Evidence(cause).ShouldContain("GET :http/healthz");
    }

    [Fact]
    public async Task A_pod_that_fits_on_no_node_is_told_with_the_schedulers_reason()
    {
        var cause = await DeploymentCauseAsync("unschedulable", ns => Workloads.Deployment(ns, "web", "registry.local/web:1", change: deployment =>
            deployment["spec"]!["template"]!["spec"]!["nodeSelector"] = new JsonObject { ["disk"] = "tape" }));

        Text(cause, "summary").ShouldContain("nodes are available");
        Evidence(cause).ShouldContain("disk=tape");
    }

    [Fact]
    public async Task A_rollout_past_its_deadline_is_stuck()
    {
        var cause = await DeploymentCauseAsync("rollout_stuck", ns => Workloads.Deployment(ns, "web", "registry.local/web:does-not-exist", change: deployment =>
            deployment["spec"]!["progressDeadlineSeconds"] = 1));

        Evidence(cause).ShouldContain("ProgressDeadlineExceeded");
    }

    [Fact]
    public async Task A_deployment_scaled_to_zero_says_so()
    {
        var cause = await DeploymentCauseAsync("scaled_to_zero", ns => Workloads.Deployment(ns, "web", "registry.local/web:1", replicas: 0));

        Text(cause, "severity").ShouldBe("info");
    }

    [Fact]
    public async Task A_healthy_deployment_has_a_verdict_and_no_cause()
    {
        var ns = await cluster.NewNamespaceAsync(withDemoWorkload: false);
        await cluster.Admin.ApplyAsync(Workloads.Deployment(ns, "web", "registry.local/web:1", replicas: 2));

        var answer = await UntilAsync(ns, "get_deployment_diagnostics", Named("web"), found => Text(found.GetProperty("verdict"), "health") == "healthy");

        answer.TryGetProperty("causes", out _).ShouldBeFalse();
        answer.GetProperty("pods").GetArrayLength().ShouldBe(2);
        answer.GetProperty("rollout").GetProperty("ready").GetInt32().ShouldBe(2);
    }

    [Fact]
    public async Task A_selector_that_matches_nothing_is_shown_with_the_labels_that_are_there()
    {
        var ns = await cluster.NewNamespaceAsync(withDemoWorkload: false);
        await cluster.Admin.ApplyAsync(Workloads.Deployment(ns, "web", "registry.local/web:1"));
        await cluster.Admin.ApplyAsync(Workloads.Service(ns, "web", new JsonObject { ["app"] = "wbe" }, 8080));

        var cause = await ServiceCauseAsync(ns, "selector_matches_nothing", expectedHealth: "failing");

        Text(cause, "summary").ShouldContain("app=wbe");
        Evidence(cause).ShouldContain("app=web");
    }

    [Fact]
    public async Task A_target_port_that_no_container_has_is_shown_with_the_ports_that_are_there()
    {
        var ns = await cluster.NewNamespaceAsync(withDemoWorkload: false);
        await cluster.Admin.ApplyAsync(Workloads.Deployment(ns, "web", "registry.local/web:1"));
        await cluster.Admin.ApplyAsync(Workloads.Service(ns, "web", new JsonObject { ["app"] = "web" }, "htpp"));

        var cause = await ServiceCauseAsync(ns, "target_port_unexposed", expectedHealth: "failing");

        Text(cause, "summary").ShouldContain("htpp");
        Evidence(cause).ShouldContain("http=8080");
    }

    [Fact]
    public async Task A_service_whose_pods_are_all_unready_has_no_ready_endpoints_and_says_why()
    {
        var ns = await cluster.NewNamespaceAsync(withDemoWorkload: false);
        await cluster.Admin.ApplyAsync(Workloads.Deployment(ns, "web", "registry.local/web:unready", "readiness-fails", change: WithReadinessProbe));
        await cluster.Admin.ApplyAsync(Workloads.Service(ns, "web", new JsonObject { ["app"] = "web" }, "http"));

        await ServiceCauseAsync(ns, "no_ready_endpoints", expectedHealth: "failing");
        await ServiceCauseAsync(ns, "probe_failing", expectedHealth: "failing");
    }

    [Fact]
    public async Task A_service_with_ready_pods_counts_its_endpoints()
    {
        var ns = await cluster.NewNamespaceAsync(withDemoWorkload: false);
        await cluster.Admin.ApplyAsync(Workloads.Deployment(ns, "web", "registry.local/web:1", replicas: 2));
        await cluster.Admin.ApplyAsync(Workloads.Service(ns, "web", new JsonObject { ["app"] = "web" }, "http"));

        var answer = await UntilAsync(ns, "get_service_diagnostics", Named("web"), found => found.GetProperty("endpoints").GetProperty("ready").GetInt32() == 2);

        Text(answer.GetProperty("verdict"), "health").ShouldBe("healthy");
    }

    [Fact]
    public async Task Pod_diagnostics_tell_how_each_container_last_ended()
    {
        var ns = await cluster.NewNamespaceAsync(withDemoWorkload: false);
        await cluster.Admin.ApplyAsync(Workloads.Deployment(ns, "web", "registry.local/web:crash", "crash-loop-back-off"));
        var pod = await PodOfAsync(ns);

        var answer = await UntilAsync(ns, "get_pod_diagnostics", new JsonObject { ["podName"] = pod }, found => HasCause(found, "crash_loop_backoff") && HasEvent(found, "BackOff"));

        Text(answer.GetProperty("verdict"), "health").ShouldBe("failing");
        var container = answer.GetProperty("containers")[0];
        Text(container, "state").ShouldContain("CrashLoopBackOff");
        Text(container, "lastEnd").ShouldContain("exit 1");
    }

    [Fact]
    public async Task A_pod_held_by_a_finalizer_beyond_its_end_is_stuck()
    {
        var ns = await cluster.NewNamespaceAsync(withDemoWorkload: false);
        await cluster.Admin.ApplyAsync(Workloads.Deployment(ns, "web", "registry.local/web:1", change: deployment =>
            deployment["spec"]!["template"]!["metadata"]!["finalizers"] = new JsonArray("example.com/hold")));
        var pod = await PodOfAsync(ns);
        await cluster.Admin.DeleteAsync(KubePath.Pod(ns, pod), new JsonObject { ["gracePeriodSeconds"] = 1 });
        try
        {
            var answer = await UntilAsync(ns, "get_pod_diagnostics", new JsonObject { ["podName"] = pod }, found => HasCause(found, "stuck_terminating"), new LaterTime(TimeSpan.FromMinutes(5)));

            Evidence(Cause(answer, "stuck_terminating")).ShouldContain("example.com/hold");
            Text(answer.GetProperty("verdict"), "health").ShouldBe("terminating");
        }
        finally
        {
            await cluster.Admin.MergeAsync(KubePath.Pod(ns, pod), new JsonObject { ["metadata"] = new JsonObject { ["finalizers"] = null } });
        }
    }

    protected async Task<JsonElement> DeploymentCauseAsync(string name, Func<string, JsonObject> deployment, Func<string, Task>? before = null)
    {
        var ns = await cluster.NewNamespaceAsync(withDemoWorkload: false);
        await (before?.Invoke(ns) ?? Task.CompletedTask);
        await cluster.Admin.ApplyAsync(deployment(ns));
        var answer = await UntilAsync(ns, "get_deployment_diagnostics", Named("web"), found => HasCause(found, name));
        return Cause(answer, name);
    }

    protected IClusterUnderTest Cluster => cluster;

    protected static string Text(JsonElement element, string property) => element.GetProperty(property).GetString()!;

    protected static string Evidence(JsonElement cause) => string.Join('\n', cause.GetProperty("evidence").EnumerateArray().Select(line => line.GetString()));

    private async Task<JsonElement> ServiceCauseAsync(string ns, string name, string expectedHealth)
    {
        var answer = await UntilAsync(ns, "get_service_diagnostics", Named("web"), found => HasCause(found, name));
        Text(answer.GetProperty("verdict"), "health").ShouldBe(expectedHealth);
        return Cause(answer, name);
    }

    private async Task<JsonElement> UntilAsync(string ns, string tool, JsonObject arguments, Func<JsonElement, bool> condition, TimeProvider? time = null)
    {
        using var server = ServerUnderTest.Start(cluster.KubeconfigPath, ns, time);
        arguments["namespace"] = ns;
        return await Eventually.GetAsync(() => server.ReadAsync(tool, arguments), condition);
    }

    private async Task<string> PodOfAsync(string ns)
    {
        var pods = await Eventually.GetAsync(() => cluster.Admin.ListAsync(KubePath.Pods(ns)), found => found.Count > 0);
        return (string)pods[0]["metadata"]!["name"]!;
    }

    private static JsonObject Named(string name) => new() { ["name"] = name };

    private static bool HasCause(JsonElement answer, string name) =>
        answer.TryGetProperty("causes", out var causes) && causes.EnumerateArray().Any(cause => Text(cause, "cause") == name);

    private static bool HasEvent(JsonElement answer, string reason) =>
        answer.TryGetProperty("events", out var events) && events.EnumerateArray().Any(line => Text(line, "reason") == reason);

    private static JsonElement Cause(JsonElement answer, string name) =>
        answer.GetProperty("causes").EnumerateArray().First(cause => Text(cause, "cause") == name);

    private static void WithReadinessProbe(JsonObject deployment) =>
        Workloads.Container(deployment)["readinessProbe"] = Workloads.Parse("""{ "httpGet": { "path": "/healthz", "port": "http" }, "periodSeconds": 1 }""");

    private sealed class LaterTime(TimeSpan offset) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + offset;
    }
}
