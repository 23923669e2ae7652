using InfraGate.McpServer.Tests.Clusters;
using InfraGate.McpServer.Tests.Support;
using InfraGate.RealParts.Clusters;
using InfraGate.RealParts.Faults;

namespace InfraGate.McpServer.Tests.Execution;

[Collection(SharedSandbox.Name)]
public sealed class SandboxFaultTests(SandboxCluster cluster) : FaultScenarios(cluster)
{
    private readonly SandboxCluster _cluster = cluster;

    // Takes the 30 s after which a write is given up; once, on the cluster that is quick otherwise.
    [Fact]
    public async Task A_write_that_is_answered_too_late_is_established_by_reading_and_written_once()
    {
        await using var proxy = await FaultProxy.StartAsync(_cluster.KubeconfigPath);
        await using var bench = await ChangeBench.StartAsync(_cluster, kubeconfig: proxy.KubeconfigPath);
        var plan = await bench.PlanScaleAsync(3);
        await bench.ApproveAsync(plan);
        proxy.Hold(request => request.IsWrite, afterHandling: true);

        var answer = await bench.AppliedAsync(plan);

        answer.GetProperty("objects")[0].GetProperty("message").GetString()!.ShouldContain("The answer was lost");
        (await bench.WritesAsync()).ShouldBe(1);
    }
}
