using System.Diagnostics;
using System.Text.Json.Nodes;
using InfraGate.McpServer.Execution;
using InfraGate.McpServer.Tests.Clusters;
using InfraGate.McpServer.Tests.Support;
using InfraGate.Plans;
using InfraGate.Plans.Audit;
using InfraGate.RealParts.Clusters;
using InfraGate.RealParts.ControlPlane;
using InfraGate.RealParts.Faults;
using InfraGate.RealParts.Waiting;
using Microsoft.Extensions.Logging.Abstractions;

namespace InfraGate.McpServer.Tests.Execution;

/// <summary>A rollout that takes longer than the call that set it off waits.</summary>
[Collection(SharedControlPlane.Name)]
public sealed class RolloutFollowingTests(ControlPlaneCluster cluster)
{
    private static readonly (string, string)[] ShortWait = [("K8S_MCP_ROLLOUT_WAIT_SECONDS", "1")];

    [Fact]
    public async Task A_rollout_that_ends_after_the_answer_is_recorded_as_complete_and_its_steps_are_not()
    {
        await using var bench = await ChangeBench.StartAsync(cluster, environment: ShortWait);
        var plan = await ApplyAsync(bench, readyAfter: TimeSpan.FromSeconds(5));

        var recorded = await RolloutAsync(bench, plan, RolloutWatch.Complete);

        recorded.Detail.ShouldBe("all replicas are updated and available");

        // One by the call itself, when its wait was over, and one by what went on afterwards.
        (await AuditTrail.ActionsAsync(bench.Store, plan.Id)).Count(action => action == AuditActions.RolloutRecorded).ShouldBeInRange(1, 2);
    }

    [Fact]
    public async Task A_cluster_that_refuses_for_a_moment_does_not_end_the_following()
    {
        await using var proxy = await FaultProxy.StartAsync(cluster.KubeconfigPath);
        await using var bench = await ChangeBench.StartAsync(cluster, kubeconfig: proxy.KubeconfigPath, environment: ShortWait);
        var plan = await ApplyAsync(bench, readyAfter: TimeSpan.FromSeconds(5));
        var outage = proxy.Answer(IsLook, 403, times: 1);

        await outage.Hit;
        await RolloutAsync(bench, plan, RolloutWatch.Complete);
    }

    [Fact]
    public async Task A_rollout_that_another_change_overtakes_is_not_called_complete()
    {
        await using var proxy = await FaultProxy.StartAsync(cluster.KubeconfigPath);
        await using var bench = await ChangeBench.StartAsync(cluster, kubeconfig: proxy.KubeconfigPath, environment: ShortWait);
        var plan = await ApplyAsync(bench, readyAfter: TimeSpan.FromMinutes(5));
        var looks = proxy.Requests.Count(IsLook);
        await Eventually.TrueAsync(() => Task.FromResult(proxy.Requests.Count(IsLook) > looks + 1));

        await cluster.Admin.MergeAsync(KubePath.Deployment(bench.Namespace, "slow"), new JsonObject { ["spec"] = new JsonObject { ["replicas"] = 0 } });

        (await RolloutAsync(bench, plan, RolloutWatch.Unknown)).Detail.ShouldContain("changed again");
    }

    [Fact]
    public async Task A_drain_does_not_wait_for_a_rollout_that_is_followed()
    {
        await using var bench = await ChangeBench.StartAsync(cluster, environment: ShortWait);
        var plan = await ApplyAsync(bench, readyAfter: TimeSpan.FromMinutes(5));
        var watch = Stopwatch.StartNew();

        await bench.Server.DrainAsync();

        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(5));
        (await bench.Store.FindAsync(plan.Id))!.Outcome!.Rollouts[0].State.ShouldBe(RolloutWatch.Progressing);
    }

    [Fact]
    public async Task No_more_than_32_plans_are_followed_and_none_after_the_end()
    {
        await using var bench = await ChangeBench.StartAsync(cluster);
        using var client = ClientUnderTest.For(new Uri("http://127.0.0.1:9"));
        var followed = new FollowedRollouts(bench.Store, TimeProvider.System, NullLogger.Instance);
        RolloutReport[] slow = [new("Deployment/nginx-demo", RolloutWatch.Progressing, "under way")];

        followed.Follow(client.Client, PlanId.New(DateTimeOffset.UtcNow), [slow[0] with { State = RolloutWatch.Complete }]);
        followed.Count.ShouldBe(0);
        for (var plan = 0; plan < FollowedRollouts.Most + 8; plan++)
        {
            followed.Follow(client.Client, PlanId.New(DateTimeOffset.UtcNow), slow);
        }

        followed.Count.ShouldBe(FollowedRollouts.Most);
        followed.Stop();
        followed.Count.ShouldBe(0);
        followed.Follow(client.Client, PlanId.New(DateTimeOffset.UtcNow), slow);
        followed.Count.ShouldBe(0);
    }

    private static bool IsLook(ProxiedRequest request) => request.Method == "GET" && request.PathAndQuery.Contains("/deployments/slow", StringComparison.Ordinal);

    /// <summary>Applies a Deployment whose Pods take that long; the call's answer must not call it done.</summary>
    private static async Task<Plan> ApplyAsync(ChangeBench bench, TimeSpan readyAfter)
    {
        var plan = await bench.PlanManifestAsync(
            $$"""
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: slow
            spec:
              replicas: 2
              selector:
                matchLabels:
                  app: slow
              template:
                metadata:
                  labels:
                    app: slow
                  annotations:
                    simulator.infragate.dev/ready-after-ms: "{{readyAfter.TotalMilliseconds:0}}"
                spec:
                  containers:
                  - name: web
                    image: registry.local/shop:1.2.3
            """);
        await bench.ApproveAsync(plan);
        var answer = await bench.AppliedAsync(plan);
        answer.GetProperty("rollouts")[0].GetProperty("state").GetString().ShouldBe("progressing");
        return plan;
    }

    private static async Task<RolloutReport> RolloutAsync(ChangeBench bench, Plan plan, string state) =>
        await Eventually.GetAsync(async () => (await bench.Store.FindAsync(plan.Id))!.Outcome!.Rollouts[0], found => found.State == state);
}
