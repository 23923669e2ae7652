using InfraGate.McpServer.Kubernetes;
using InfraGate.McpServer.Tools;
using InfraGate.Plans;
using InfraGate.Plans.Audit;
using InfraGate.Plans.Lifecycle;
using InfraGate.Plans.Storage;
using Microsoft.Extensions.Logging;

namespace InfraGate.McpServer.Execution;

/// <summary>
/// One execution of one approved plan: compares the cluster with what was reviewed, claims the plan, carries it out, follows its rollout. Several processes
/// may try at once; the store lets exactly one claim.
/// </summary>
internal sealed partial class PlanExecution(
    IPlanStore store, GrantCheck grants, WindowCheck windows, PlanCarrier carrier, FollowedRollouts followed, ExecutionOptions options, TimeProvider time, ILogger logger)
{
    private static readonly IReadOnlyDictionary<string, TargetOutcome> Nothing = new Dictionary<string, TargetOutcome>(StringComparer.Ordinal);

    /// <summary>Returns once the plan is final and its rollout was watched, or another process has claimed it.</summary>
    /// <returns>The outcome as it is on record when this execution applied the plan; null when it did not, and the record says what became of it.</returns>
    /// <exception cref="ToolException">The change window has closed before anything was claimed; the plan stays Approved.</exception>
    /// <exception cref="KubernetesException">The cluster could not be asked before anything was claimed; the plan stays Approved.</exception>
    /// <exception cref="OutcomeUnknownException">The cluster stopped answering half-way; recovery establishes the rest.</exception>
    public async Task<PlanOutcome?> RunAsync(NamespaceClient client, Plan plan, AuditActor actor, ProgressBroadcast progress, CancellationToken stopping)
    {
        progress.Report("comparing the cluster with what was approved");
        var owner = ExecutorName.New();
        var freshness = await FreshnessCheck.CheckAsync(client, plan.Content, stopping);
        if (!freshness.IsFresh)
        {
            await store.TryTransitionAsync(plan.Id, [Claim(actor, owner), PlanCarrier.Stale(actor, owner, freshness.Difference!)], CancellationToken.None);
            return null;
        }

        // Comparing took time, which is the cluster's to choose; a window that closed meanwhile leaves the plan waiting.
        windows.Require(plan.Content);
        var start = LeaseStart.Now(time);
        if (!await store.TryTransitionAsync(plan.Id, [Claim(actor, owner)], CancellationToken.None))
        {
            return null;
        }

        PlanTransition ended;
        await using (var lease = LeaseKeeper.Start(store, plan.Id, owner, start, options.Lease, time, logger))
        {
            if (grants.RefusalOf(plan) is { } refusal)
            {
                // So did claiming, which is the store's to choose.
                await carrier.RefuseAsync(plan, owner, actor, refusal.Message);
                return null;
            }

            var found = plan.Content.Targets.Zip(freshness.Targets).ToDictionary(pair => pair.First.Reference, pair => pair.Second.Version, StringComparer.Ordinal);
            ended = await carrier.CarryOutAsync(client, plan, owner, lease, Nothing, found, actor, progress.Report, stopping);
        }

        return ended is { To: PlanStatus.Applied, Outcome: { } outcome } ? await WatchAsync(client, plan, outcome, progress, stopping) : null;
    }

    /// <summary>Watches the rollouts of a plan that was recovered, should it have been applied, and adds what was seen to its outcome.</summary>
    public async Task FollowAsync(NamespaceClient client, Plan plan, ProgressBroadcast progress, CancellationToken stopping)
    {
        if (await store.FindAsync(plan.Id, CancellationToken.None) is { Status: PlanStatus.Applied, Outcome: { } outcome })
        {
            await WatchAsync(client, plan, outcome, progress, stopping);
        }
    }

    private async Task<PlanOutcome> WatchAsync(NamespaceClient client, Plan plan, PlanOutcome outcome, ProgressBroadcast progress, CancellationToken stopping)
    {
        var rollouts = await new RolloutWatch(client, options.RolloutWait, time).FollowAsync(plan.Content, outcome.Rollouts, progress, stopping);
        if (rollouts.SequenceEqual(outcome.Rollouts))
        {
            followed.Follow(client, plan.Id, outcome.Rollouts);
            return outcome;
        }

        try
        {
            await store.UpdateRolloutsAsync(plan.Id, rollouts, CancellationToken.None);
            followed.Follow(client, plan.Id, rollouts);
        }
        catch (PlanStoreException failure)
        {
            // The plan is applied and on record; that its rollout is not must not be answered as if nothing had been done.
            LogRolloutNotRecorded(logger, plan.Id, failure);
            followed.Follow(client, plan.Id, outcome.Rollouts);
        }

        return outcome with { Rollouts = rollouts };
    }

    private PlanTransition Claim(AuditActor actor, string owner) => new()
    {
        From = PlanStatus.Approved,
        To = PlanStatus.Applying,
        Actor = actor,
        Lease = new ExecutionLease(owner, time.GetUtcNow() + options.Lease),
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "The rollout of plan {Plan}, which is applied, could not be recorded")]
    private static partial void LogRolloutNotRecorded(ILogger logger, PlanId plan, Exception exception);
}
