using InfraGate.McpServer.Inspection;
using InfraGate.McpServer.Kubernetes;
using InfraGate.McpServer.Kubernetes.Models;
using InfraGate.McpServer.Planning.Objects;
using InfraGate.Plans;
using InfraGate.Plans.Storage;
using Microsoft.Extensions.Logging;

namespace InfraGate.McpServer.Execution;

/// <summary>
/// Follows the rollouts of one applied plan after its call was answered, and records each time one of them changes its state: not every step of its count, which would flood
/// the audit trail. Ends with the last rollout that is complete or stuck, that somebody else's change has overtaken, or that moved nothing for longer than its Deployment
/// allows (<c>progressDeadlineSeconds</c>).
/// </summary>
/// <param name="client">Reaches the plan's namespace, under impersonation with the identity and groups of the call that applied the plan.</param>
/// <param name="plan">The applied plan.</param>
/// <param name="recorded">The rollouts as they are on record.</param>
/// <param name="store">Where changes are recorded.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Told once of a cluster, and once of a store, that fails.</param>
internal sealed partial class RolloutFollower(
    NamespaceClient client, PlanId plan, IReadOnlyList<RolloutReport> recorded, IPlanStore store, TimeProvider time, ILogger logger)
{
    private const int DefaultProgressDeadline = 600;
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);
    private static readonly TimeSpan QuickPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan SlowPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan QuickFor = TimeSpan.FromSeconds(30);

    private readonly long _started = time.GetTimestamp();
    private readonly FollowedRollout[] _rollouts = [.. recorded.Select(report => new FollowedRollout(report, time.GetTimestamp()))];
    private IReadOnlyList<RolloutReport> _recorded = recorded;
    private bool _clusterFailed;
    private bool _storeFailed;

    private bool IsOver => Array.TrueForAll(_rollouts, rollout => !rollout.IsOpen) && !HasNews;

    private bool HasNews => !_rollouts.Select(rollout => rollout.Report.State).SequenceEqual(_recorded.Select(report => report.State), StringComparer.Ordinal);

    /// <summary>Whether there is anything to follow in what was seen last.</summary>
    public static bool IsUnfinished(IReadOnlyList<RolloutReport> rollouts) => rollouts.Any(IsUnfinished);

    /// <summary>Returns when nothing is left to follow.</summary>
    /// <exception cref="OperationCanceledException">The process drains or ends, or the plan was let go.</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        while (!IsOver && time.GetElapsedTime(_started) < Longest)
        {
            await Task.Delay(time.GetElapsedTime(_started) < QuickFor ? QuickPause : SlowPause, time, stop);
            foreach (var rollout in _rollouts.Where(rollout => rollout.IsOpen))
            {
                await LookAsync(rollout, stop);
            }

            await RecordAsync(stop);
        }
    }

    private static bool IsUnfinished(RolloutReport report) => report.State is RolloutWatch.Progressing or RolloutWatch.Unknown;

    private async Task LookAsync(FollowedRollout rollout, CancellationToken stop)
    {
        try
        {
            var name = rollout.Report.Target[(ObjectKind.Deployment.Name.Length + 1)..];
            var deployment = await client.GetAsync(ApiResource.Deployments, name, KubernetesJson.Default.Deployment, stop);
            rollout.Patience = TimeSpan.FromSeconds(deployment.Spec.ProgressDeadlineSeconds ?? DefaultProgressDeadline) + Grace;
            if (rollout.IsOvertakenBy(deployment))
            {
                rollout.End(rollout.Report with { State = RolloutWatch.Unknown, Detail = "the Deployment was changed again before this rollout was complete" });
                return;
            }

            rollout.See(RolloutWatch.Report(rollout.Report.Target, RolloutState.Of(deployment)), time.GetTimestamp());
        }
        catch (KubernetesException failure) when (failure.Failure is KubernetesFailure.NotFound)
        {
            rollout.End(rollout.Report with { State = RolloutWatch.Unknown, Detail = "the Deployment was deleted before this rollout was complete" });
        }
        catch (KubernetesException failure)
        {
            // It may answer the next time; what was seen last stays on record.
            if (!_clusterFailed)
            {
                _clusterFailed = true;
                LogNotRead(logger, plan, failure);
            }
        }

        if (rollout.IsOpen && time.GetElapsedTime(rollout.MovedAt) > rollout.Patience)
        {
            rollout.End(rollout.Report);
        }
    }

    private async Task RecordAsync(CancellationToken stop)
    {
        if (!HasNews)
        {
            return;
        }

        IReadOnlyList<RolloutReport> news = [.. _rollouts.Select(rollout => rollout.Report)];
        try
        {
            await store.UpdateRolloutsAsync(plan, news, stop);
            _recorded = news;
        }
        catch (PlanStoreException failure)
        {
            // Tried again after the next look.
            if (!_storeFailed)
            {
                _storeFailed = true;
                LogNotRecorded(logger, plan, failure);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A rollout of plan {Plan}, which is applied, could not be looked at; it is tried again for a while")]
    private static partial void LogNotRead(ILogger logger, PlanId plan, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "How the rollout of plan {Plan}, which is applied, went on could not be recorded; it is tried again for a while")]
    private static partial void LogNotRecorded(ILogger logger, PlanId plan, Exception exception);

    /// <summary>One Deployment's rollout, as far as it was seen.</summary>
    private sealed class FollowedRollout(RolloutReport report, long started)
    {
        private (string? Uid, long Generation)? _followed;

        public RolloutReport Report { get; private set; } = report;

        public bool IsOpen { get; private set; } = IsUnfinished(report);

        public long MovedAt { get; private set; } = started;

        public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(DefaultProgressDeadline) + Grace;

        /// <summary>Whether the Deployment was changed since it was first looked at: how that rollout ends says nothing of this one.</summary>
        public bool IsOvertakenBy(Deployment deployment)
        {
            _followed ??= (deployment.Metadata.Uid, deployment.Metadata.Generation);
            return _followed != (deployment.Metadata.Uid, deployment.Metadata.Generation);
        }

        public void See(RolloutReport seen, long now)
        {
            MovedAt = seen == Report ? MovedAt : now;
            Report = seen;
            IsOpen = IsUnfinished(seen);
        }

        public void End(RolloutReport last)
        {
            Report = last;
            IsOpen = false;
        }
    }
}
