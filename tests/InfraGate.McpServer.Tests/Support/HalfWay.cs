using InfraGate.Plans;
using InfraGate.Plans.Lifecycle;
using InfraGate.RealParts.Faults;

namespace InfraGate.McpServer.Tests.Support;

/// <summary>Leaves plans as an executor leaves them that lost its cluster in the middle.</summary>
internal static class HalfWay
{
    /// <summary>Short enough that a test need not wait for what is given up.</summary>
    public static readonly (string Name, string Value)[] Environment = [("K8S_MCP_ESTABLISH_SECONDS", "1")];

    /// <summary>By how much a clock is put forward so that the lease of a plan that was left has run out.</summary>
    public static readonly TimeSpan PastTheLease = TimeSpan.FromSeconds(20);

    /// <summary>Approves and applies a plan whose write is cut off, before or after it arrived, by a cluster that then answers nothing more until the end of this call.</summary>
    public static async Task LeaveAsync(ChangeBench bench, FaultProxy proxy, Plan plan, bool written)
    {
        await bench.ApproveAsync(plan);
        var cut = proxy.Cut(request => request.IsWrite, written);
        proxy.Add(new FaultRule(_ => cut.Hit.IsCompleted, FaultAction.CutBefore) { Times = int.MaxValue });

        ServerUnderTest.Text(await bench.ApplyAsync(plan)).ShouldStartWith("cluster_unavailable: ");

        (await bench.StatusAsync(plan)).ShouldBe(PlanStatus.Applying);
        proxy.Heal();
    }
}
