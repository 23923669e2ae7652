using System.Text.Json;
using System.Text.Json.Nodes;
using InfraGate.McpServer.Tests.Support;
using InfraGate.RealParts.Clusters;
using InfraGate.RealParts.Faults;
using InfraGate.RealParts.Waiting;

namespace InfraGate.McpServer.Tests.Inspection.Caching;

/// <summary>After an apply no read shows what was before it, even when the watch is late or silent.</summary>
public abstract class OwnWriteScenarios(IClusterUnderTest cluster)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_scaled_deployment_is_shown_scaled_at_once(bool isWatchSilent)
    {
        await using var proxy = await FaultProxy.StartAsync(cluster.KubeconfigPath);
        await using var bench = await StartAsync(proxy, isWatchSilent);
        var resource = bench.In(("kind", "Deployment"), ("name", "nginx-demo"));
        await Eventually.TrueAsync(async () => (await ReadAsync(bench, "get_k8s_resource", resource)).TryGetProperty("observed", out _));
        (await DesiredAsync(bench)).ShouldBe(2);
        var plan = await bench.PlanScaleAsync(3);
        await bench.ApproveAsync(plan);

        await bench.AppliedAsync(plan);

        (await DesiredAsync(bench)).ShouldBe(3);
        (await ReadAsync(bench, "get_k8s_resource", resource)).GetProperty("workload").GetProperty("desired").GetInt32().ShouldBe(3);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_deleted_object_is_shown_no_more(bool isWatchSilent)
    {
        await using var proxy = await FaultProxy.StartAsync(cluster.KubeconfigPath);
        await using var bench = await StartAsync(proxy, isWatchSilent);
        (await ConfigMapsAsync(bench)).ShouldContain("\"nginx-demo\"");
        var manifest = $$"""{ "apiVersion": "v1", "kind": "ConfigMap", "metadata": { "name": "nginx-demo", "namespace": "{{bench.Namespace}}" } }""";
        var plan = await bench.PlanAsync("request_delete_manifest", bench.In(("manifest", manifest)));
        await bench.ApproveAsync(plan);

        await bench.AppliedAsync(plan);

        (await ConfigMapsAsync(bench)).ShouldNotContain("\"nginx-demo\"");
    }

    [Fact]
    public async Task A_write_whose_answer_is_lost_is_shown_once_it_is_known()
    {
        await using var proxy = await FaultProxy.StartAsync(cluster.KubeconfigPath);
        await using var bench = await StartAsync(proxy, isWatchSilent: true);
        (await DesiredAsync(bench)).ShouldBe(2);
        var plan = await bench.PlanScaleAsync(3);
        await bench.ApproveAsync(plan);
        proxy.Cut(request => request.IsWrite, afterHandling: true);

        await bench.AppliedAsync(plan);

        (await DesiredAsync(bench)).ShouldBe(3);
    }

    private async Task<ChangeBench> StartAsync(FaultProxy proxy, bool isWatchSilent)
    {
        if (isWatchSilent)
        {
            proxy.Stall(request => request.PathAndQuery.Contains("watch=true", StringComparison.Ordinal));
        }

        var bench = await ChangeBench.StartAsync(cluster, kubeconfig: proxy.KubeconfigPath, environment: ("K8S_MCP_READ_CACHE", "true"));
        await Eventually.TrueAsync(async () => (await ReadAsync(bench, "get_k8s_status", bench.In())).TryGetProperty("observed", out _));
        return bench;
    }

    private static async Task<int> DesiredAsync(ChangeBench bench) =>
        (await ReadAsync(bench, "get_k8s_status", bench.In())).GetProperty("deployments")[0].GetProperty("desired").GetInt32();

    private static async Task<string> ConfigMapsAsync(ChangeBench bench) =>
        (await ReadAsync(bench, "get_k8s_status", bench.In())) is var answer && answer.TryGetProperty("configMaps", out var maps) ? maps.GetRawText() : "";

    private static async Task<JsonElement> ReadAsync(ChangeBench bench, string tool, JsonObject arguments)
    {
        var result = await bench.CallAsync(tool, arguments.DeepClone().AsObject());
        (result.IsError ?? false).ShouldBeFalse(ServerUnderTest.Text(result));
        return result.StructuredContent!.Value;
    }
}
