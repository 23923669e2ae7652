using InfraGate.McpServer.Execution;
using InfraGate.McpServer.Kubernetes;
using InfraGate.McpServer.Tests.Clusters;
using InfraGate.McpServer.Tests.Support;
using InfraGate.Plans;
using InfraGate.Plans.Audit;
using InfraGate.Plans.Policy;
using InfraGate.Plans.Redaction;
using InfraGate.RealParts.Clusters;
using InfraGate.RealParts.Faults;
using InfraGate.RealParts.Time;
using Microsoft.Extensions.Logging.Abstractions;

namespace InfraGate.McpServer.Tests.Execution;

/// <summary>A plan that cannot be recovered is tried again and again, and yet does not fill the audit trail.</summary>
[Collection(SharedSandbox.Name)]
public sealed class RecoveryBackoffTests(SandboxCluster cluster)
{
    [Fact]
    public void The_pauses_double_up_to_five_minutes_and_begin_anew_after_a_success()
    {
        var time = new StandingTime();
        var backoff = new RecoveryBackoff(TimeSpan.FromSeconds(15), time);
        var (plan, other) = (PlanId.New(time.GetUtcNow()), PlanId.New(time.GetUtcNow()));

        foreach (var seconds in new[] { 15, 30, 60, 120, 240, 300, 300 })
        {
            backoff.Failed(plan);
            backoff.IsDue(plan).ShouldBeFalse();
            backoff.IsDue(other).ShouldBeTrue();
            time.Now += TimeSpan.FromSeconds(seconds - 1);
            backoff.IsDue(plan).ShouldBeFalse($"before {seconds} s");
            time.Now += TimeSpan.FromSeconds(1);
            backoff.IsDue(plan).ShouldBeTrue($"after {seconds} s");
        }

        backoff.Succeeded(plan);
        backoff.Failed(plan);
        time.Now += TimeSpan.FromSeconds(15);
        backoff.IsDue(plan).ShouldBeTrue();
    }

    [Fact]
    public async Task A_plan_whose_cluster_is_away_for_an_hour_is_taken_over_a_few_times_only()
    {
        var time = new ShiftedTime();
        await using var proxy = await FaultProxy.StartAsync(cluster.KubeconfigPath);
        await using var bench = await ChangeBench.StartAsync(cluster, kubeconfig: proxy.KubeconfigPath, time: time, environment: HalfWay.Environment);
        var plan = await bench.PlanScaleAsync(3);
        await HalfWay.LeaveAsync(bench, proxy, plan, written: false);
        var recovery = WithoutItsCluster(bench, time);

        for (var turn = 0; turn < 240; turn++)
        {
            time.Forward(TimeSpan.FromSeconds(15));
            await recovery.RecoverAllAsync(CancellationToken.None);
        }

        // Five while the pauses grow, then one in five minutes.
        (await AuditTrail.ActionsAsync(bench.Store, plan.Id)).Count(action => action == AuditActions.PlanTakenOver).ShouldBeInRange(12, 18);
    }

    private static PlanRecovery WithoutItsCluster(ChangeBench bench, TimeProvider time)
    {
        var options = new ExecutionOptions { RolloutWait = TimeSpan.Zero, Lease = TimeSpan.FromSeconds(14) };
        var grants = new GrantCheck(verifier: null);
        var windows = new WindowCheck(PolicyFile.Open(null), time);
        var carrier = new PlanCarrier(bench.Store, new CredentialDetector(), options, time);
        return new PlanRecovery(
            bench.Store,
            new PlanAccess(new ClusterAccess([], impersonate: false)),
            grants,
            windows,
            carrier,
            new PlanExecution(bench.Store, grants, windows, carrier, new FollowedRollouts(bench.Store, time, NullLogger.Instance), options, time, NullLogger.Instance),
            options,
            time,
            NullLogger<PlanRecovery>.Instance);
    }

    private sealed class StandingTime : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
