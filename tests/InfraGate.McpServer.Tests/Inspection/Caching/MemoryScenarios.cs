using System.Text.Json;
using System.Text.Json.Nodes;
using InfraGate.McpServer.Tests.Support;
using InfraGate.RealParts.Clusters;
using InfraGate.RealParts.Faults;
using InfraGate.RealParts.Waiting;

namespace InfraGate.McpServer.Tests.Inspection.Caching;

/// <summary>Status and single objects answered from memory: the same answers as live, no older than what anybody was told, and none when the cluster is gone.</summary>
public abstract class MemoryScenarios(IClusterUnderTest cluster)
{
    private static readonly (string, string) On = ("K8S_MCP_READ_CACHE", "true");

    [Fact]
    public async Task A_status_from_memory_says_what_a_live_one_says_and_asks_the_cluster_nothing()
    {
        var ns = await cluster.NewNamespaceAsync();
        await using var proxy = await FaultProxy.StartAsync(cluster.KubeconfigPath);
        using var server = ServerUnderTest.Start(proxy.KubeconfigPath, ns, time: null, On);
        using var live = ServerUnderTest.Start(cluster.KubeconfigPath, ns);
        await Eventually.TrueAsync(async () => IsSettled(await live.ReadAsync("get_k8s_status", In(ns))));
        await Eventually.TrueAsync(async () => Plain(await server.ReadAsync("get_k8s_status", In(ns))) == Plain(await live.ReadAsync("get_k8s_status", In(ns))));

        var asked = proxy.Requests.Count(request => !IsWatch(request));
        var answer = await server.ReadAsync("get_k8s_status", In(ns));

        Observed(answer).ShouldNotBeNull();
        (DateTimeOffset.UtcNow - Observed(answer)!.Value).ShouldBeLessThan(TimeSpan.FromSeconds(16));
        proxy.Requests.Count(request => !IsWatch(request)).ShouldBe(asked);
    }

    [Fact]
    public async Task A_status_from_memory_follows_the_cluster()
    {
        var ns = await cluster.NewNamespaceAsync();
        using var server = ServerUnderTest.Start(cluster.KubeconfigPath, ns, time: null, On);
        await Eventually.TrueAsync(async () => Observed(await server.ReadAsync("get_k8s_status", In(ns))) is not null);

        await cluster.Admin.ApplyAsync(Workloads.Deployment(ns, "added", "registry.local/web:1"));
        await Eventually.TrueAsync(async () => Names(await server.ReadAsync("get_k8s_status", In(ns)), "deployments").Contains("added"));
        await Eventually.TrueAsync(async () => (await server.ReadAsync("get_k8s_status", In(ns))).GetProperty("deployments").EnumerateArray()
            .Any(line => line.GetProperty("name").GetString() == "added" && line.GetProperty("pods").GetString() == "1 Running"));
        await cluster.Admin.DeleteAsync(KubePath.ConfigMap(ns, "nginx-demo"));
        await Eventually.TrueAsync(async () => !Names(await server.ReadAsync("get_k8s_status", In(ns)), "configMaps").Contains("nginx-demo"));
    }

    [Fact]
    public async Task A_status_with_a_label_selector_is_read_live()
    {
        var ns = await cluster.NewNamespaceAsync();
        using var server = ServerUnderTest.Start(cluster.KubeconfigPath, ns, time: null, On);
        await server.ReadAsync("get_k8s_status", In(ns));

        var answer = await server.ReadAsync("get_k8s_status", In(ns, ("labelSelector", "app=none")));

        Observed(answer).ShouldBeNull();
        answer.TryGetProperty("deployments", out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("Deployment")]
    [InlineData("Service")]
    [InlineData("ConfigMap")]
    public async Task An_object_that_is_read_again_comes_from_memory_until_it_changes(string kind)
    {
        var ns = await cluster.NewNamespaceAsync();
        await using var proxy = await FaultProxy.StartAsync(cluster.KubeconfigPath);
        using var server = ServerUnderTest.Start(proxy.KubeconfigPath, ns, time: null, On);
        var arguments = In(ns, ("kind", kind), ("name", "nginx-demo"));
        var path = kind switch { "Deployment" => KubePath.Deployment(ns, "nginx-demo"), "Service" => KubePath.Service(ns, "nginx-demo"), _ => KubePath.ConfigMap(ns, "nginx-demo") };

        var live = await server.ReadAsync("get_k8s_resource", arguments);
        Observed(live).ShouldBeNull();
        proxy.Requests.ShouldNotContain(request => IsWatch(request), "an object that is read once costs no watch");
        // Controllers may still be writing its status.
        await Eventually.TrueAsync(async () =>
        {
            var asked = proxy.Requests.Count(request => !IsWatch(request));
            return Observed(await server.ReadAsync("get_k8s_resource", arguments)) is not null && proxy.Requests.Count(request => !IsWatch(request)) == asked;
        });

        await cluster.Admin.MergeAsync(path, Workloads.Parse("""{ "metadata": { "labels": { "seen": "yes" } } }"""));
        await Eventually.TrueAsync(async () => (await server.ReadAsync("get_k8s_resource", arguments)).GetProperty("labels").TryGetProperty("seen", out _));
        await cluster.Admin.DeleteAsync(path);
        await Eventually.TrueAsync(async () => (await server.CallAsync("get_k8s_resource", arguments)).IsError is true);
        (await server.RefusalAsync("get_k8s_resource", arguments)).GetProperty("code").GetString().ShouldBe("not_found");
    }

    [Fact]
    public async Task Where_watching_is_forbidden_everything_is_read_live()
    {
        var ns = await cluster.NewNamespaceAsync();
        await using var proxy = await FaultProxy.StartAsync(cluster.KubeconfigPath);
        proxy.Answer(IsWatch, status: 403);
        using var server = ServerUnderTest.Start(proxy.KubeconfigPath, ns, time: null, On);

        foreach (var _ in Enumerable.Range(0, 3))
        {
            var answer = await server.ReadAsync("get_k8s_status", In(ns));
            Observed(answer).ShouldBeNull();
            Names(answer, "deployments").ShouldBe(["nginx-demo"]);
        }

        proxy.Requests.Count(IsWatch).ShouldBe(6, "one attempt for each kind");
    }

    [Fact]
    public async Task An_api_server_that_is_gone_is_reported_and_never_answered_for()
    {
        var ns = await cluster.NewNamespaceAsync();
        var proxy = await FaultProxy.StartAsync(cluster.KubeconfigPath);
        try
        {
            using var server = ServerUnderTest.Start(proxy.KubeconfigPath, ns, time: null, On);
            var resource = In(ns, ("kind", "Deployment"), ("name", "nginx-demo"));
            await Eventually.TrueAsync(async () => Observed(await server.ReadAsync("get_k8s_status", In(ns))) is not null);
            await Eventually.TrueAsync(async () => Observed(await server.ReadAsync("get_k8s_resource", resource)) is not null);

            await proxy.DisposeAsync();
            var gone = DateTimeOffset.UtcNow;

            // A broken connection is noticed a moment after it broke; what is answered until then is from before.
            foreach (var (tool, arguments) in new[] { ("get_k8s_status", In(ns)), ("get_k8s_resource", resource) })
            {
                await Eventually.TrueAsync(async () =>
                {
                    var answer = await server.CallAsync(tool, arguments);
                    if (answer.IsError is true)
                        return true;
                    Observed(answer.StructuredContent!.Value)!.Value.ShouldBeLessThanOrEqualTo(gone);
                    return false;
                });
                (await server.RefusalAsync(tool, arguments)).GetProperty("code").GetString().ShouldBe("cluster_unavailable");
            }
        }
        finally
        {
            await proxy.DisposeAsync();
        }
    }

    protected static JsonObject In(string ns, params (string Name, JsonNode? Value)[] arguments)
    {
        var result = new JsonObject { ["namespace"] = ns };
        foreach (var (name, value) in arguments)
        {
            result[name] = value;
        }

        return result;
    }

    private static bool IsWatch(ProxiedRequest request) => request.PathAndQuery.Contains("watch=true", StringComparison.Ordinal);

    private static bool IsSettled(JsonElement status) =>
        status.TryGetProperty("services", out var services) && services[0].GetProperty("ready").GetInt32() == 2
        && status.GetProperty("deployments")[0].GetProperty("state").GetString() == "available";

    private static DateTimeOffset? Observed(JsonElement answer) => answer.TryGetProperty("observed", out var observed) ? observed.GetDateTimeOffset() : null;

    private static string Plain(JsonElement answer)
    {
        var copy = JsonNode.Parse(answer.GetRawText())!.AsObject();
        copy.Remove("observed");
        return copy.ToJsonString();
    }

    private static List<string> Names(JsonElement answer, string list) =>
        answer.TryGetProperty(list, out var lines) ? [.. lines.EnumerateArray().Select(line => line.GetProperty("name").GetString()!)] : [];
}
