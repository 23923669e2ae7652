using InfraGate.McpServer.Tests.Support;
using InfraGate.Plans.Lifecycle;
using InfraGate.RealParts.ControlPlane;
using InfraGate.RealParts.Faults;
using InfraGate.RealParts.Time;
using InfraGate.RealParts.Waiting;

namespace InfraGate.McpServer.Tests.Execution;

/// <summary>A real API server that dies and comes back. A cluster of its own: the shared one must not go away under other tests.</summary>
public sealed class ApiServerOutageTests(ControlPlaneCluster cluster) : IClassFixture<ControlPlaneCluster>
{
    [Fact]
    public async Task An_API_server_that_dies_at_the_write_leaves_the_plan_to_recovery_which_writes_once_when_it_is_back()
    {
        await using var proxy = await FaultProxy.StartAsync(cluster.KubeconfigPath);
        var time = new ShiftedTime();
        await using var bench = await ChangeBench.StartAsync(cluster, kubeconfig: proxy.KubeconfigPath, time: time, environment: HalfWay.Environment);
        var plan = await bench.PlanScaleAsync(3);
        await bench.ApproveAsync(plan);
        var write = proxy.Hold(request => request.IsWrite);

        var applying = bench.ApplyAsync(plan);
        await write.Hit.WaitAsync(TimeSpan.FromSeconds(30));
        await cluster.CrashApiServerAsync();
        proxy.Heal();
        ServerUnderTest.Text(await applying).ShouldStartWith("cluster_unavailable: ");
        (await bench.StatusAsync(plan)).ShouldBe(PlanStatus.Applying);
        await cluster.RestartApiServerAsync();
        time.Forward(HalfWay.PastTheLease);
        bench.Server.StartRecovery();
        var ended = await Eventually.GetAsync(() => bench.Store.FindAsync(plan.Id), found => found!.Status.IsFinal(), TimeSpan.FromSeconds(60));

        ended!.Status.ShouldBe(PlanStatus.Applied, ended.StatusReason);
        ((int)(await bench.DeploymentAsync())["spec"]!["replicas"]!).ShouldBe(3);
        (await bench.WritesAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task While_the_API_server_is_down_nothing_is_planned_and_an_approved_plan_waits_for_it()
    {
        await using var bench = await ChangeBench.StartAsync(cluster);
        var plan = await bench.PlanScaleAsync(3);
        await bench.ApproveAsync(plan);

        await cluster.CrashApiServerAsync();
        var planned = await bench.RefusalAsync("request_scale_deployment", bench.In(("name", "nginx-demo"), ("replicas", 4)));
        var applied = await bench.ApplyRefusalAsync(plan);
        await cluster.RestartApiServerAsync();

        planned.GetProperty("code").GetString().ShouldBe("cluster_unavailable");
        applied.ShouldBe("cluster_unavailable");
        (await bench.StatusAsync(plan)).ShouldBe(PlanStatus.Approved);
        await bench.AppliedAsync(plan);
        (await bench.WritesAsync()).ShouldBe(1);
    }
}
