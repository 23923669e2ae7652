using InfraGate.McpServer.Tests.Clusters;
using InfraGate.McpServer.Tests.Support;
using InfraGate.Plans.Lifecycle;
using InfraGate.RealParts.Clusters;
using InfraGate.RealParts.Faults;
using InfraGate.RealParts.Files;

namespace InfraGate.McpServer.Tests.Execution;

/// <summary>Two configured clusters: the sandbox itself and, as if it were another, the sandbox behind a proxy that sees what is sent there.</summary>
[Collection(SharedSandbox.Name)]
public sealed class SeveralClustersTests(SandboxCluster cluster) : IDisposable
{
    private readonly TemporaryFolder _folder = TemporaryFolder.CreateInMemory("clusters");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_plan_is_carried_out_in_the_cluster_it_was_made_for_and_nowhere_else()
    {
        await using var proxy = await FaultProxy.StartAsync(cluster.KubeconfigPath);
        var ns = await cluster.NewNamespaceAsync("change");
        await using var bench = await ChangeBench.StartAsync(cluster, ns, TwoClusters(proxy), environment: [("K8S_MCP_CONTEXTS", $"test={ns};other={ns}")]);
        var plan = await bench.PlanAsync("request_scale_deployment", bench.In(("name", "nginx-demo"), ("replicas", 3), ("cluster", "other")));
        await bench.ApproveAsync(plan);

        plan.Content.Cluster.ShouldStartWith("other (");
        using (var elsewhere = ServerUnderTest.Start(TwoClusters(proxy), ns, time: null, [.. bench.Variables, ("K8S_MCP_CONTEXTS", $"test={ns}")]))
        {
            var refusal = await elsewhere.RefusalAsync("apply_approved_plan", new() { ["planId"] = plan.Id.Value }, ChangeBench.CallerMeta());
            refusal.GetProperty("code").GetString().ShouldBe("plan_not_found");
        }

        (await bench.StatusAsync(plan)).ShouldBe(PlanStatus.Approved);
        proxy.Requests.ShouldNotContain(request => request.IsWrite);
        await bench.AppliedAsync(plan);
        proxy.Requests.Count(request => request.IsWrite).ShouldBe(1);
        (await bench.WritesAsync()).ShouldBe(1);
    }

    private string TwoClusters(FaultProxy proxy)
    {
        var (own, other) = (Kubeconfig.Read(cluster.KubeconfigPath), Kubeconfig.Read(proxy.KubeconfigPath));
        var text = KubeconfigText.For(own.Server, user: [$"token: {own.Token}"])
            .Replace("contexts:", "contexts:\n- name: other\n  context: { cluster: other, user: test }", StringComparison.Ordinal)
            .Replace("clusters:", $"clusters:\n- name: other\n  cluster: {{ server: '{other.Server}' }}", StringComparison.Ordinal);
        return _folder.Write("config", text);
    }
}
