using InfraGate.McpServer.Tests.Support;
using InfraGate.Plans;
using InfraGate.Plans.Audit;
using InfraGate.Plans.Lifecycle;
using InfraGate.RealParts.Clusters;
using InfraGate.RealParts.Faults;
using InfraGate.RealParts.Time;
using InfraGate.RealParts.Waiting;

namespace InfraGate.McpServer.Tests.Execution;

/// <summary>What recovery may still write of a plan that was left half-way, and that one plan does not stand in the way of another.</summary>
public abstract class RecoveryScenarios(IClusterUnderTest cluster)
{
    [Fact]
    public async Task A_plan_that_was_written_is_told_as_applied_though_its_approval_has_run_out_meanwhile()
    {
        var time = new ShiftedTime();
        await using var proxy = await FaultProxy.StartAsync(cluster.KubeconfigPath);
        await using var bench = await BenchAsync(proxy, time);
        var plan = await bench.PlanScaleAsync(3);
        await HalfWay.LeaveAsync(bench, proxy, plan, written: true);
        time.Forward(TimeSpan.FromHours(2));

        await bench.AppliedAsync(plan);

        (await bench.WritesAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task A_plan_that_was_not_written_before_its_approval_ran_out_is_ended_unwritten()
    {
        var time = new ShiftedTime();
        await using var proxy = await FaultProxy.StartAsync(cluster.KubeconfigPath);
        await using var bench = await BenchAsync(proxy, time);
        var plan = await bench.PlanScaleAsync(3);
        await HalfWay.LeaveAsync(bench, proxy, plan, written: false);
        time.Forward(TimeSpan.FromHours(2));

        (await bench.ApplyRefusalAsync(plan)).ShouldBe("plan_failed");

        await NotAttemptedAsync(bench, plan, "has run out");
    }

    [Fact]
    public async Task What_is_left_is_not_written_when_the_cluster_would_now_make_something_else_of_it()
    {
        var time = new ShiftedTime();
        await using var proxy = await FaultProxy.StartAsync(cluster.KubeconfigPath);
        await using var bench = await BenchAsync(proxy, time);
        var plan = await bench.PlanScaleAsync(3);
        await HalfWay.LeaveAsync(bench, proxy, plan, written: false);
        time.Forward(HalfWay.PastTheLease);
        var defaulted = await bench.DeploymentAsync();
        defaulted["spec"]!["replicas"] = 3;
        defaulted["metadata"]!["labels"]!["admission-default"] = "new";
        proxy.Add(new FaultRule(request => request.IsDryRun, FaultAction.Answer) { Status = 200, Times = int.MaxValue, Body = defaulted.ToJsonString() });

        bench.Server.StartRecovery();

        await NotAttemptedAsync(bench, plan, "metadata.labels.admission-default");
    }

    [Fact]
    public async Task What_is_left_is_not_written_while_the_change_window_is_closed()
    {
        var time = new ShiftedTime();
        await using var proxy = await FaultProxy.StartAsync(cluster.KubeconfigPath);
        await using var bench = await BenchAsync(proxy, time);
        var plan = await bench.PlanScaleAsync(3);
        await HalfWay.LeaveAsync(bench, proxy, plan, written: false);
        time.Forward(HalfWay.PastTheLease);
        await using var frozen = await ChangeBench.StartAsync(cluster, bench.Namespace, proxy.KubeconfigPath, time, policy: """
            version: 1
            defaults:
              windows: [freeze]
            windows:
            - {name: freeze, kind: deny, start: "00:00", length: 24h, timeZone: UTC}
            """, environment: [.. HalfWay.Environment, ("K8S_MCP_APPROVAL_ROOT", bench.ApprovalRoot), ("INFRA_GATE_GRANT_PUBLIC_KEY", bench.PublicKey)]);

        frozen.Server.StartRecovery();

        await NotAttemptedAsync(bench, plan, "freeze");
    }

    [Fact]
    public async Task A_recovery_that_loses_its_hold_sends_nothing_and_leaves_the_plan_to_the_next()
    {
        var time = new ShiftedTime();
        await using var proxy = await FaultProxy.StartAsync(cluster.KubeconfigPath);

        // Short, for the second recovery comes when the machine's timer has passed half of it.
        await using var bench = await BenchAsync(proxy, time, ("K8S_MCP_LEASE_SECONDS", "1"));
        var plan = await bench.PlanScaleAsync(3);
        await HalfWay.LeaveAsync(bench, proxy, plan, written: false);
        var comparison = proxy.Hold(request => request.IsDryRun);

        bench.Server.StartRecovery();
        await comparison.Hit.WaitAsync(TimeSpan.FromSeconds(30));
        await PlanDatabase.EditAsync(bench.ApprovalRoot, $"UPDATE plan SET lease_owner = 'another', lease_until = {long.MaxValue} WHERE id = '{plan.Id}'");
        time.Forward(TimeSpan.FromSeconds(2));
        var before = proxy.Requests.Count;
        proxy.Heal();
        await PlanDatabase.EditAsync(bench.ApprovalRoot, $"UPDATE plan SET lease_until = 0 WHERE id = '{plan.Id}' AND lease_owner = 'another'");
        var ended = await Eventually.GetAsync(() => bench.Store.FindAsync(plan.Id), found => found!.Status.IsFinal());

        ended!.Status.ShouldBe(PlanStatus.Applied, ended.StatusReason);
        ended.Outcome!.Targets.Single().Result.ShouldBe(TargetResult.Written, "the first of the two recoveries wrote nothing");
        proxy.Requests.Skip(before).Count(request => request.IsWrite).ShouldBe(1);

        // A lease of a second may run out on a busy machine, and the plan is then taken over once more.
        (await AuditTrail.ActionsAsync(bench.Store, plan.Id)).Count(action => action == AuditActions.PlanTakenOver).ShouldBeGreaterThanOrEqualTo(2);
    }

    [Fact]
    public async Task A_plan_that_somebody_made_unreadable_keeps_none_of_the_others_waiting()
    {
        var time = new ShiftedTime();
        await using var proxy = await FaultProxy.StartAsync(cluster.KubeconfigPath);
        await using var bench = await BenchAsync(proxy, time);
        await cluster.Admin.ApplyAsync(Workloads.Deployment(bench.Namespace, "shop", "registry.local/shop:1.0.0"));
        foreach (var name in new[] { "nginx-demo", "shop" })
        {
            await HalfWay.LeaveAsync(bench, proxy, await bench.PlanScaleAsync(3, name), written: false);
        }

        time.Forward(HalfWay.PastTheLease);
        var abandoned = await bench.Store.FindAbandonedAsync();
        abandoned.Count.ShouldBe(2);
        await PlanDatabase.EditAsync(bench.ApprovalRoot, $"UPDATE plan_content SET content = 'no plan' WHERE plan_id = '{abandoned[0]}'");

        bench.Server.StartRecovery();
        var ended = await Eventually.GetAsync(() => bench.Store.FindAsync(abandoned[1]), found => found!.Status.IsFinal());

        ended!.Status.ShouldBe(PlanStatus.Applied, ended.StatusReason);
    }

    private Task<ChangeBench> BenchAsync(FaultProxy proxy, TimeProvider time, params (string Name, string Value)[] environment) =>
        ChangeBench.StartAsync(cluster, kubeconfig: proxy.KubeconfigPath, time: time, environment: [.. HalfWay.Environment, .. environment]);

    private static async Task NotAttemptedAsync(ChangeBench bench, Plan plan, string reason)
    {
        var ended = await Eventually.GetAsync(() => bench.Store.FindAsync(plan.Id), found => found!.Status.IsFinal());
        ended!.Status.ShouldBe(PlanStatus.Failed);
        var target = ended.Outcome!.Targets.Single();
        target.Result.ShouldBe(TargetResult.NotAttempted);
        target.Message!.ShouldContain(reason);
        (await bench.WritesAsync()).ShouldBe(0);
        await AuditTrail.ActionsAsync(bench.Store, plan.Id);
    }
}
