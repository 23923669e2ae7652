using System.Text.Json.Nodes;
using InfraGate.McpServer.Tests.Support;
using InfraGate.Plans;
using InfraGate.Plans.Audit;
using InfraGate.Plans.Lifecycle;
using InfraGate.RealParts.Clusters;
using InfraGate.RealParts.Faults;
using InfraGate.RealParts.Waiting;

namespace InfraGate.McpServer.Tests.Execution;

/// <summary>
/// The server process is killed (SIGKILL) at each point of an apply, with nothing in the product that helps: a proxy holds the request at which it dies. After
/// a restart the plan ends exactly, each object was written once, and the audit chain is whole.
/// </summary>
public abstract class CrashScenarios(IClusterUnderTest cluster)
{
    private static readonly string[] Kinds = ["configmaps", "services", "deployments"];

    [Theory]
    [InlineData("configmaps", false)]
    [InlineData("configmaps", true)]
    [InlineData("services", false)]
    [InlineData("services", true)]
    [InlineData("deployments", false)]
    [InlineData("deployments", true)]
    public async Task Killed_at_a_write_the_plan_is_finished_after_the_restart_and_nothing_runs_twice(string kind, bool afterTheServerHandledIt)
    {
        await using var bench = await BenchAsync();
        await using var proxy = await FaultProxy.StartAsync(cluster.KubeconfigPath);
        var plan = await PlanAsync(bench, proxy);
        var fault = proxy.Hold(request => request.IsWrite && request.PathAndQuery.Contains($"/{kind}/", StringComparison.Ordinal), afterTheServerHandledIt);

        await KilledAsync(bench, proxy, plan, fault);
        (await bench.StatusAsync(plan)).ShouldBe(PlanStatus.Applying);
        await using var restarted = await GatewayChild.StartAsync(bench, proxy.KubeconfigPath);
        var ended = await Eventually.GetAsync(() => bench.Store.FindAsync(plan.Id), found => found!.Status.IsFinal());

        ended!.Status.ShouldBe(PlanStatus.Applied, ended.StatusReason);
        ended.Outcome!.Targets.ShouldAllBe(target => target.Result == TargetResult.Written || target.Result == TargetResult.AlreadySo);
        var writes = await cluster.ListWritesAsync(bench.Namespace);
        foreach (var written in Kinds)
        {
            writes.Count(write => write.Path.Contains($"/{written}/", StringComparison.Ordinal)).ShouldBe(1, $"writes to {written}: {string.Join("; ", writes)}");
        }

        var actions = await AuditTrail.ActionsAsync(bench.Store, plan.Id);
        actions.Count(action => action == AuditActions.PlanApplied).ShouldBe(1);
        actions.Count(action => action == AuditActions.TargetRecorded).ShouldBeInRange(2, 3);
    }

    [Fact]
    public async Task Killed_before_the_claim_the_plan_stays_approved_and_is_applied_by_the_next_call()
    {
        await using var bench = await BenchAsync();
        await using var proxy = await FaultProxy.StartAsync(cluster.KubeconfigPath);
        var plan = await PlanAsync(bench, proxy);
        var fault = proxy.Hold(request => request.IsDryRun && request.PathAndQuery.Contains("/deployments/", StringComparison.Ordinal));

        await KilledAsync(bench, proxy, plan, fault);
        (await bench.StatusAsync(plan)).ShouldBe(PlanStatus.Approved);
        await using var restarted = await GatewayChild.StartAsync(bench, proxy.KubeconfigPath);
        await restarted.CallAsync("apply_approved_plan", Arguments(plan));

        (await bench.StatusAsync(plan)).ShouldBe(PlanStatus.Applied);
        (await bench.WritesAsync()).ShouldBe(3);
    }

    [Fact]
    public async Task Killed_half_way_and_the_next_object_edited_meanwhile_the_plan_fails_and_says_so()
    {
        await using var bench = await BenchAsync();
        await cluster.Admin.ApplyAsync(Workloads.Deployment(bench.Namespace, "shop", "registry.local/shop:1.0.0"));
        await using var proxy = await FaultProxy.StartAsync(cluster.KubeconfigPath);
        var plan = await PlanAsync(bench, proxy);
        var fault = proxy.Hold(request => request.IsWrite && request.PathAndQuery.Contains("/deployments/", StringComparison.Ordinal));

        await KilledAsync(bench, proxy, plan, fault);
        await cluster.Admin.MergeAsync(KubePath.Deployment(bench.Namespace, "shop"), Workloads.Parse("""{"metadata":{"labels":{"edited":"yes"}}}"""));
        await using var restarted = await GatewayChild.StartAsync(bench, proxy.KubeconfigPath);
        var ended = await Eventually.GetAsync(() => bench.Store.FindAsync(plan.Id), found => found!.Status.IsFinal());

        ended!.Status.ShouldBe(PlanStatus.Failed);
        ended.Outcome!.Targets.Select(target => target.Result).ShouldBe([TargetResult.Written, TargetResult.Written, TargetResult.Failed]);
        ended.Outcome.Recovered.ShouldBeTrue();
        (await cluster.ListWritesAsync(bench.Namespace)).ShouldNotContain(write => write.Path.Contains("/deployments/", StringComparison.Ordinal));
        await AuditTrail.ActionsAsync(bench.Store, plan.Id);
    }

    [Fact]
    public async Task Killed_again_while_it_recovers_the_plan_is_finished_by_the_next_process_and_nothing_runs_twice()
    {
        await using var bench = await BenchAsync();
        await using var proxy = await FaultProxy.StartAsync(cluster.KubeconfigPath);
        var plan = await PlanAsync(bench, proxy);
        await KilledAsync(bench, proxy, plan, proxy.Hold(request => request.IsWrite && request.PathAndQuery.Contains("/services/", StringComparison.Ordinal)));

        var again = proxy.Hold(request => request.IsWrite && request.PathAndQuery.Contains("/deployments/", StringComparison.Ordinal), afterHandling: true);
        await using (var recovering = await GatewayChild.StartAsync(bench, proxy.KubeconfigPath))
        {
            await again.Hit.WaitAsync(TimeSpan.FromSeconds(30));
            await recovering.KillAsync();
        }

        await using var restarted = await GatewayChild.StartAsync(bench, proxy.KubeconfigPath);
        var ended = await Eventually.GetAsync(() => bench.Store.FindAsync(plan.Id), found => found!.Status.IsFinal());

        ended!.Status.ShouldBe(PlanStatus.Applied, ended.StatusReason);
        ended.Outcome!.Recovered.ShouldBeTrue();
        (await bench.WritesAsync()).ShouldBe(3);
        var actions = await AuditTrail.ActionsAsync(bench.Store, plan.Id);

        // A lease of a second may run out on a busy machine, and the plan is then taken over once more.
        actions.Count(action => action == AuditActions.PlanTakenOver).ShouldBeGreaterThanOrEqualTo(2);
        actions.Count(action => action == AuditActions.PlanApplied).ShouldBe(1);
    }

    [Fact]
    public async Task Killed_while_it_follows_the_rollout_the_plan_is_applied_and_the_next_call_is_told_so()
    {
        await using var bench = await BenchAsync(("K8S_MCP_ROLLOUT_WAIT_SECONDS", "60"));
        await using var proxy = await FaultProxy.StartAsync(cluster.KubeconfigPath);
        var plan = await PlanAsync(bench, proxy);
        var write = proxy.Add(new FaultRule(request => request.IsWrite && request.PathAndQuery.Contains("/deployments/", StringComparison.Ordinal), FaultAction.Delay));

        await KilledAsync(bench, proxy, plan, proxy.Hold(request => write.Hit.IsCompleted && request.Method == "GET"));
        await using var restarted = await GatewayChild.StartAsync(bench, proxy.KubeconfigPath);
        var answer = await restarted.CallAsync("apply_approved_plan", Arguments(plan));

        ((string)answer["content"]![0]!["text"]!).ShouldStartWith("plan_already_applied: ");
        (await bench.StatusAsync(plan)).ShouldBe(PlanStatus.Applied);
        (await bench.WritesAsync()).ShouldBe(3);
        (await AuditTrail.ActionsAsync(bench.Store, plan.Id)).Count(action => action == AuditActions.PlanApplied).ShouldBe(1);
    }

    private async Task<ChangeBench> BenchAsync(params (string Name, string Value)[] environment) => await ChangeBench.StartAsync(
        cluster, await cluster.NewNamespaceAsync("crash", withDemoWorkload: false), environment: [("K8S_MCP_LEASE_SECONDS", "1"), .. environment]);

    private static async Task<Plan> PlanAsync(ChangeBench bench, FaultProxy proxy)
    {
        // Planned through the same address, for a plan is sealed to it.
        await using var server = await GatewayChild.StartAsync(bench, proxy.KubeconfigPath);
        var answer = await server.CallAsync("request_apply_manifest", bench.In(("manifest", SampleManifests.Shop)));
        var plan = (await bench.Store.FindAsync(PlanId.Parse((string)answer["structuredContent"]!["planId"]!)))!;
        await bench.ApproveAsync(plan);
        return plan;
    }

    /// <summary>
    /// The fault strikes once and need not be healed: let go before the proxy has noticed that the connection is gone, the dead process's request would reach the cluster after all.
    /// </summary>
    private static async Task KilledAsync(ChangeBench bench, FaultProxy proxy, Plan plan, FaultRule fault)
    {
        await using var doomed = await GatewayChild.StartAsync(bench, proxy.KubeconfigPath);
        await doomed.PostAsync("apply_approved_plan", Arguments(plan));
        await fault.Hit.WaitAsync(TimeSpan.FromSeconds(30));
        await doomed.KillAsync();
    }

    private static JsonObject Arguments(Plan plan) => new() { ["planId"] = plan.Id.Value };
}
