using System.Text.Json.Nodes;
using InfraGate.McpServer.Tests.Support;
using InfraGate.Plans;
using InfraGate.RealParts.Clusters;
using InfraGate.RealParts.Faults;
using InfraGate.RealParts.Waiting;

namespace InfraGate.McpServer.Tests.Planning.Operations;

/// <summary>A request is tried while its object is read, and a plan is nevertheless made of one version of it.</summary>
public abstract class DryRunScenarios(IClusterUnderTest cluster)
{
    private const string Image = "nginx:1.99.1";

    // A ConfigMap, since nobody else writes to one: a Deployment may get another version by its status at any time.
    [Fact]
    public async Task The_object_is_read_and_the_request_tried_at_the_same_time_and_once_each()
    {
        await using var proxy = await FaultProxy.StartAsync(cluster.KubeconfigPath);
        await using var bench = await ChangeBench.StartAsync(cluster, kubeconfig: proxy.KubeconfigPath);
        var reading = proxy.Hold(request => IsRead(request, "/configmaps/nginx-demo"));

        var planning = bench.PlanManifestAsync("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: nginx-demo}\ndata: {level: high}\n");
        await reading.Hit;
        await Eventually.TrueAsync(() => Task.FromResult(proxy.Requests.Any(request => IsTry(request, "/configmaps/nginx-demo"))));
        reading.Release();
        var plan = await planning;

        plan.Content.Targets.Single().Changes.Select(change => change.Path).ShouldBe(["data.level"]);
        proxy.Requests.Count(request => IsRead(request, "/configmaps/nginx-demo")).ShouldBe(1);
        proxy.Requests.Count(request => IsTry(request, "/configmaps/nginx-demo")).ShouldBe(1);
    }

    [Fact]
    public async Task An_object_that_changes_between_the_two_is_tried_again_on_the_version_that_was_read()
    {
        await using var proxy = await FaultProxy.StartAsync(cluster.KubeconfigPath);
        await using var bench = await ChangeBench.StartAsync(cluster, kubeconfig: proxy.KubeconfigPath);
        var plan = await WhileHeldBetweenAsync(
            proxy,
            () => PlanImageAsync(bench, "nginx"),
            () => cluster.Admin.MergeAsync(KubePath.Deployment(bench.Namespace, "nginx-demo"), new JsonObject { ["spec"] = new JsonObject { ["replicas"] = 5 } }));
        var target = plan.Content.Targets.Single();

        target.Changes.Select(change => change.Path).ShouldBe(["spec.template.spec.containers[name=nginx].image"]);
        JsonNode.Parse(target.Live!)!["spec"]!["replicas"]!.GetValue<int>().ShouldBe(5);
        JsonNode.Parse(target.DryRun!)!["spec"]!["replicas"]!.GetValue<int>().ShouldBe(5);
        proxy.Requests.Count(IsTry).ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task The_image_of_an_init_container_is_set_where_it_stands()
    {
        await using var bench = await ChangeBench.StartAsync(cluster);
        var init = new JsonObject { ["initContainers"] = new JsonArray(new JsonObject { ["name"] = "prepare", ["image"] = "busybox:1.36" }) };
        await cluster.Admin.MergeAsync(
            KubePath.Deployment(bench.Namespace, "nginx-demo"), new JsonObject { ["spec"] = new JsonObject { ["template"] = new JsonObject { ["spec"] = init } } });

        var plan = await PlanImageAsync(bench, "prepare");

        plan.Content.Targets.Single().Changes.Select(change => change.Path).ShouldBe(["spec.template.spec.initContainers[name=prepare].image"]);
        plan.Content.Targets.Single().Request.Body!.ShouldContain("initContainers");
    }

    [Fact]
    public async Task A_container_that_does_not_exist_is_not_added()
    {
        await using var bench = await ChangeBench.StartAsync(cluster);

        var refusal = await bench.RefusalAsync("request_set_deployment_image", Arguments(bench, "web"));

        refusal.GetProperty("code").GetString().ShouldBe("invalid_argument");
        refusal.GetProperty("message").GetString()!.ShouldContain("has no container 'web'");
        (await bench.WritesAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task An_object_that_is_gone_when_it_is_tried_is_one_that_does_not_exist()
    {
        await using var proxy = await FaultProxy.StartAsync(cluster.KubeconfigPath);
        await using var bench = await ChangeBench.StartAsync(cluster, kubeconfig: proxy.KubeconfigPath);
        var refusal = await WhileHeldBetweenAsync(
            proxy,
            () => bench.RefusalAsync("request_set_deployment_image", Arguments(bench, "nginx")),
            () => cluster.Admin.DeleteAsync(KubePath.Deployment(bench.Namespace, "nginx-demo")));

        refusal.GetProperty("code").GetString().ShouldBe("not_found");
    }

    [Fact]
    public async Task A_cluster_that_is_asked_too_much_is_not_asked_a_second_time()
    {
        await using var proxy = await FaultProxy.StartAsync(cluster.KubeconfigPath);
        await using var bench = await ChangeBench.StartAsync(cluster, kubeconfig: proxy.KubeconfigPath);
        proxy.Answer(IsTry, 429);

        await bench.RefusalAsync("request_set_deployment_image", Arguments(bench, "nginx"));

        // The one and the three by which every safe request is repeated.
        proxy.Requests.Count(IsTry).ShouldBe(4);
    }

    /// <summary>Makes a call and does something in the moment in which the object was read and the request not yet tried.</summary>
    private static async Task<T> WhileHeldBetweenAsync<T>(FaultProxy proxy, Func<Task<T>> call, Func<Task> meanwhile)
    {
        var reading = proxy.Hold(IsRead, afterHandling: true);
        var trying = proxy.Hold(IsTry);
        var called = call();
        await Task.WhenAll(reading.Hit, trying.Hit);
        await meanwhile();
        reading.Release();
        trying.Release();
        return await called;
    }

    private static Task<Plan> PlanImageAsync(ChangeBench bench, string container) => bench.PlanAsync("request_set_deployment_image", Arguments(bench, container));

    private static JsonObject Arguments(ChangeBench bench, string container) => bench.In(("name", "nginx-demo"), ("container", container), ("image", Image));

    private static bool IsRead(ProxiedRequest request) => IsRead(request, "/deployments/nginx-demo");

    private static bool IsRead(ProxiedRequest request, string path) => request.Method == "GET" && request.PathAndQuery.EndsWith(path, StringComparison.Ordinal);

    private static bool IsTry(ProxiedRequest request) => IsTry(request, "/deployments/nginx-demo");

    private static bool IsTry(ProxiedRequest request, string path) => request.Method == "PATCH" && request.IsDryRun && request.PathAndQuery.Contains(path, StringComparison.Ordinal);
}
