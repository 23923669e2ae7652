using System.Text.Json.Nodes;
using InfraGate.McpServer.Kubernetes;
using InfraGate.McpServer.Planning.Objects;
using InfraGate.McpServer.Planning.Operations;
using InfraGate.Plans;
using InfraGate.Plans.Audit;
using InfraGate.Plans.Lifecycle;
using InfraGate.Plans.Redaction;
using InfraGate.Plans.Storage;

namespace InfraGate.McpServer.Execution;

/// <summary>Carries the targets of a claimed plan out, one after the other, records each and ends the plan. Used by apply and by recovery.</summary>
internal sealed class PlanCarrier(IPlanStore store, CredentialDetector detector, ExecutionOptions options, TimeProvider time)
{
    private readonly UndoCalls _undo = new(detector);

    /// <summary>Carries out what is left of a plan that <paramref name="owner"/> holds.</summary>
    /// <param name="client">Reaches the plan's namespace.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="owner">Who holds it.</param>
    /// <param name="lease">The hold, without which nothing is sent.</param>
    /// <param name="done">What earlier attempts established, by target.</param>
    /// <param name="found">In which version each object was found fresh, by target; a target without an entry is read.</param>
    /// <param name="actor">On whose word.</param>
    /// <param name="progress">Told of every target.</param>
    /// <param name="cancellationToken">Only the end of the process cancels.</param>
    /// <returns>The edge by which the plan ended; an outcome in it tells how far each rollout was right after its write.</returns>
    /// <exception cref="OutcomeUnknownException">The cluster stopped answering; the plan stays Applying.</exception>
    /// <exception cref="PlanStoreException">The store cannot be used, or the hold is lost; the plan stays Applying.</exception>
    public async Task<PlanTransition> CarryOutAsync(
        NamespaceClient client,
        Plan plan,
        string owner,
        LeaseKeeper lease,
        IReadOnlyDictionary<string, TargetOutcome> done,
        IReadOnlyDictionary<string, Preconditions> found,
        AuditActor actor,
        Action<string> progress,
        CancellationToken cancellationToken)
    {
        var writer = new TargetWriter(client, lease, options, time);
        var rollouts = new List<RolloutReport>();
        var outcomes = plan.Content.Targets.ToDictionary(target => target.Reference, target => done.GetValueOrDefault(target.Reference) ?? NotAttempted(target), StringComparer.Ordinal);
        var left = plan.Content.Targets.Where(target => outcomes[target.Reference].Result is TargetResult.NotAttempted).ToArray();
        foreach (var target in left)
        {
            progress($"writing {target.Reference}");
            var version = found.TryGetValue(target.Reference, out var fresh) ? fresh : DryRun.PreconditionsOf(await ReadAsync(client, target, cancellationToken));
            var end = await writer.WriteAsync(target, version, cancellationToken);
            var outcome = new TargetOutcome(target.Reference, end.Result, end.Message, end.ResourceVersion, time.GetUtcNow());
            outcomes[target.Reference] = outcome;
            if (RolloutWatch.FirstLook(target, end.Document) is { } report)
            {
                rollouts.Add(report);
            }

            if (end.End is WriteEnd.Moved && !outcomes.Values.Any(IsDone))
            {
                return await EndAsync(plan, Stale(actor, owner, end.Message!));
            }

            if (end.End is not WriteEnd.Done || ReferenceEquals(target, left[^1]))
            {
                var last = Final(plan, actor, owner, InOrder(plan, outcomes), recovered: done.Count > 0, end, rollouts);
                RequireHeld(plan, await store.TryRecordLastTargetAsync(plan.Id, owner, outcome, last, CancellationToken.None));
                return last;
            }

            RequireHeld(plan, await store.TryRecordTargetAsync(plan.Id, owner, outcome, CancellationToken.None));
        }

        return await EndAsync(plan, Final(plan, actor, owner, InOrder(plan, outcomes), recovered: done.Count > 0, end: null, rollouts));
    }

    /// <summary>Ends a plan whose outcome was established without writing anything.</summary>
    public Task RecordAsync(Plan plan, string owner, IReadOnlyList<TargetOutcome> outcomes, AuditActor actor) =>
        EndAsync(plan, Final(plan, actor, owner, outcomes, recovered: true, end: null, rollouts: []));

    /// <summary>Ends a claimed plan of which nothing was written and nothing may be.</summary>
    public Task RefuseAsync(Plan plan, string owner, AuditActor actor, string reason) =>
        EndAsync(plan, Final(plan, actor, owner, [.. plan.Content.Targets.Select(target => NotAttempted(target) with { Message = reason })], recovered: false, end: null, rollouts: []));

    private PlanTransition Final(
        Plan plan, AuditActor actor, string owner, IReadOnlyList<TargetOutcome> outcomes, bool recovered, TargetWrite? end, IReadOnlyList<RolloutReport> rollouts)
    {
        var allDone = outcomes.All(IsDone);
        return new PlanTransition
        {
            From = PlanStatus.Applying,
            To = allDone ? PlanStatus.Applied : PlanStatus.Failed,
            Actor = actor,
            HeldBy = owner,
            Reason = allDone ? null : FailureReason(outcomes, end),
            Outcome = new PlanOutcome { Targets = outcomes, Rollouts = allDone ? rollouts : [], Undo = _undo.Of(plan.Content, outcomes), Recovered = recovered },
        };
    }

    public static PlanTransition Stale(AuditActor actor, string owner, string reason) => new()
    {
        From = PlanStatus.Applying,
        To = PlanStatus.Stale,
        Actor = actor,
        HeldBy = owner,
        Reason = reason,
    };

    private static string FailureReason(IReadOnlyList<TargetOutcome> outcomes, TargetWrite? end)
    {
        var failed = outcomes.FirstOrDefault(outcome => outcome.Result is TargetResult.Failed) ?? outcomes.First(outcome => !IsDone(outcome));
        var written = outcomes.Count(IsDone);
        return $"{failed.Target}: {end?.Message ?? failed.Message ?? "it was not carried out"} {written} of {outcomes.Count} objects {(written == 1 ? "was" : "were")} written.";
    }

    private static TargetOutcome[] InOrder(Plan plan, Dictionary<string, TargetOutcome> outcomes) => [.. plan.Content.Targets.Select(target => outcomes[target.Reference])];

    private async Task<PlanTransition> EndAsync(Plan plan, PlanTransition edge)
    {
        RequireHeld(plan, await store.TryTransitionAsync(plan.Id, [edge], CancellationToken.None));
        return edge;
    }

    private static void RequireHeld(Plan plan, bool held)
    {
        if (!held)
        {
            throw new HoldLostException(plan.Id);
        }
    }

    private static async Task<JsonObject?> ReadAsync(NamespaceClient client, PlanTarget target, CancellationToken cancellationToken)
    {
        try
        {
            return await client.FindDocumentAsync(ObjectKind.Of(target.ApiVersion, target.Kind).Resource, target.Name, cancellationToken);
        }
        catch (KubernetesException failure)
        {
            throw new OutcomeUnknownException($"{target.Reference} could not be read: {failure.Message}", failure);
        }
    }

    private TargetOutcome NotAttempted(PlanTarget target) => new(target.Reference, TargetResult.NotAttempted, Message: null, ResourceVersion: null, time.GetUtcNow());

    private static bool IsDone(TargetOutcome outcome) => outcome.Result is TargetResult.Written or TargetResult.AlreadySo;
}
