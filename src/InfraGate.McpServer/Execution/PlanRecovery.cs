using System.Text.Json.Nodes;
using InfraGate.McpServer.Hosting;
using InfraGate.McpServer.Kubernetes;
using InfraGate.McpServer.Planning.Objects;
using InfraGate.McpServer.Planning.Operations;
using InfraGate.McpServer.Tools;
using InfraGate.Plans;
using InfraGate.Plans.Audit;
using InfraGate.Plans.Lifecycle;
using InfraGate.Plans.Storage;
using Microsoft.Extensions.Logging;

namespace InfraGate.McpServer.Execution;

/// <summary>
/// Ends plans whose executor died. What the record does not say the cluster does: a target that is as planned was written, one that is as before was not and
/// is written now (its grant still good, its window open, its dry run still what was reviewed), anything else is reported. Nothing is repeated blindly, and nothing stays Applying.
/// </summary>
internal sealed partial class PlanRecovery(
    IPlanStore store,
    PlanAccess access,
    GrantCheck grants,
    WindowCheck windows,
    PlanCarrier carrier,
    PlanExecution execution,
    ExecutionOptions options,
    TimeProvider time,
    ILogger<PlanRecovery> logger)
{
    private readonly RecoveryBackoff _backoff = new(options.Lease, time);

    /// <summary>Recovers every abandoned plan once. A plan that cannot be recovered now is left for the next time and keeps none of the others waiting.</summary>
    /// <exception cref="PlanStoreException">The store cannot be used.</exception>
    public async Task RecoverAllAsync(CancellationToken stopping)
    {
        foreach (var plan in (await store.FindAbandonedAsync(stopping)).Where(_backoff.IsDue))
        {
            try
            {
                await RecoverAsync(plan, caller: null, new ProgressBroadcast(), stopping);
                _backoff.Succeeded(plan);
            }
            catch (Exception exception) when (IsOfThisPlan(exception))
            {
                _backoff.Failed(plan);
                LogLeft(logger, exception, plan);
            }
        }
    }

    /// <summary>Takes an abandoned plan over and ends it; does nothing when somebody else holds it.</summary>
    /// <param name="caller">The requester, freshly verified and with groups, when one of their calls recovers the plan; null when InfraGate does so by itself.</param>
    /// <exception cref="OutcomeUnknownException">The cluster does not answer.</exception>
    public async Task RecoverAsync(PlanId id, Caller? caller, ProgressBroadcast progress, CancellationToken stopping)
    {
        var owner = ExecutorName.New();
        var start = LeaseStart.Now(time);
        if (await store.FindAsync(id, stopping) is not { Status: PlanStatus.Applying } plan
            || !await store.TryTakeOverAsync(id, new ExecutionLease(owner, time.GetUtcNow() + options.Lease), CancellationToken.None))
        {
            return;
        }

        LogTakenOver(logger, id);
        await using var lease = LeaseKeeper.Start(store, id, owner, start, options.Lease, time, logger);
        plan = await store.FindAsync(id, stopping) ?? plan;
        if (!plan.IsIntact)
        {
            var unknown = plan.Content.Targets.Select(target => Recorded(plan, target) ?? Outcome(target, TargetResult.Failed, "The plan was tampered with; it was not looked at."));
            await carrier.RecordAsync(plan, owner, [.. unknown], AuditActor.InfraGate);
            return;
        }

        var client = access.Open(caller ?? RequesterCaller.Of(plan), plan.Content);
        await EndAsync(client, plan, owner, lease, progress, stopping);
        await execution.FollowAsync(client, plan, progress, stopping);
    }

    private async Task EndAsync(NamespaceClient client, Plan plan, string owner, LeaseKeeper lease, ProgressBroadcast progress, CancellationToken stopping)
    {
        var established = new Dictionary<string, TargetOutcome>(StringComparer.Ordinal);
        var found = new Dictionary<string, Preconditions>(StringComparer.Ordinal);
        foreach (var target in plan.Content.Targets)
        {
            if (await EstablishAsync(client, plan, target, found, stopping) is { } outcome)
            {
                established[target.Reference] = outcome;
            }
        }

        var left = plan.Content.Targets.Where(target => !established.ContainsKey(target.Reference)).ToArray();
        var broken = established.Values.Any(outcome => outcome.Result is TargetResult.Failed);
        var refusal = broken ? "It was not reached: an object before it could not be established." : await RefusalAsync(client, plan, left, found, stopping);
        if (left.Length > 0 && refusal is null)
        {
            await carrier.CarryOutAsync(client, plan, owner, lease, established, found, AuditActor.InfraGate, progress.Report, stopping);
            return;
        }

        var outcomes = plan.Content.Targets.Select(target => established.GetValueOrDefault(target.Reference) ?? Outcome(target, TargetResult.NotAttempted, refusal!));
        await carrier.RecordAsync(plan, owner, [.. outcomes], AuditActor.InfraGate);
    }

    /// <summary>What became of a target; null when it was not written.</summary>
    private async Task<TargetOutcome?> EstablishAsync(
        NamespaceClient client, Plan plan, PlanTarget target, Dictionary<string, Preconditions> found, CancellationToken stopping)
    {
        if (Recorded(plan, target) is { } recorded)
        {
            return recorded;
        }

        var live = await ReadAsync(client, target, stopping);
        found[target.Reference] = DryRun.PreconditionsOf(live);
        return PlanComparison.Of(target, live) switch
        {
            Standing.AsPlanned => Outcome(target, TargetResult.AlreadySo, "It was found as planned after the process that carried the plan out had died.", live.TextAt("metadata", "resourceVersion")),
            Standing.AsBefore => null,
            _ => Outcome(target, TargetResult.Failed, "The process that carried the plan out died, and the object is neither as before nor as planned."),
        };
    }

    private static async Task<JsonObject?> ReadAsync(NamespaceClient client, PlanTarget target, CancellationToken stopping)
    {
        try
        {
            return await client.FindDocumentAsync(ObjectKind.Of(target.ApiVersion, target.Kind).Resource, target.Name, stopping);
        }
        catch (KubernetesException failure)
        {
            throw new OutcomeUnknownException($"{target.Reference} could not be read: {failure.Message}", failure);
        }
    }

    /// <summary>Why what was not written may no longer be; null when everything still is as when the plan was claimed.</summary>
    /// <param name="found">Gets the versions in which the objects were found fresh.</param>
    private async Task<string?> RefusalAsync(NamespaceClient client, Plan plan, PlanTarget[] left, Dictionary<string, Preconditions> found, CancellationToken stopping)
    {
        if ((grants.RefusalOf(plan)?.Message ?? windows.RefusalOf(plan.Content)) is { } refusal)
        {
            return NoLonger(refusal);
        }

        try
        {
            var freshness = await FreshnessCheck.CheckAsync(client, plan.Content with { Targets = left }, stopping);
            foreach (var (target, tried) in left.Zip(freshness.Targets))
            {
                found[target.Reference] = tried.Version;
            }

            return freshness.IsFresh ? null : NoLonger($"{freshness.Difference}.");
        }
        catch (KubernetesException failure)
        {
            throw new OutcomeUnknownException($"What is left of the plan could not be compared with the cluster: {failure.Message}", failure);
        }
    }


    private static string NoLonger(string refusal) => $"The process that carried the plan out died before it was written, and it may no longer be: {refusal}";

    /// <summary>Whether the next plan may fare better: all but the end of the process and a store that cannot be used at all.</summary>
    private static bool IsOfThisPlan(Exception exception) =>
        exception is PlanTamperedException or HoldLostException || exception is not (OperationCanceledException or PlanStoreException);

    private static TargetOutcome? Recorded(Plan plan, PlanTarget target) =>
        plan.Outcome?.Targets.FirstOrDefault(outcome => outcome.Target == target.Reference && outcome.Result is not TargetResult.NotAttempted);

    private TargetOutcome Outcome(PlanTarget target, TargetResult result, string message, string? resourceVersion = null) =>
        new(target.Reference, result, message, resourceVersion, time.GetUtcNow());

    [LoggerMessage(Level = LogLevel.Warning, Message = "Plan {Plan} was left half-way by its executor and is recovered")]
    private static partial void LogTakenOver(ILogger logger, PlanId plan);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Plan {Plan} cannot be recovered yet and stays Applying")]
    private static partial void LogLeft(ILogger logger, Exception exception, PlanId plan);
}
