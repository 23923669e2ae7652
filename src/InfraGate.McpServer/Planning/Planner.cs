using InfraGate.McpServer.Hosting;
using InfraGate.McpServer.Kubernetes;
using InfraGate.McpServer.Planning.Findings;
using InfraGate.McpServer.Planning.Operations;
using InfraGate.McpServer.Tools;
using InfraGate.Plans;
using InfraGate.Plans.Findings;
using InfraGate.Plans.Policy;
using InfraGate.Plans.Redaction;
using InfraGate.Plans.Storage;

namespace InfraGate.McpServer.Planning;

/// <summary>A plan as a call gets it.</summary>
/// <param name="Plan">The stored plan.</param>
/// <param name="IsReused">Whether an earlier call of the same caller made it and nothing has changed since.</param>
internal sealed record PlannedCall(Plan Plan, bool IsReused);

/// <summary>Turns a call into a sealed plan, and changes nothing in the cluster.</summary>
internal sealed class Planner(IPlanStore store, IPolicySource policies, CredentialDetector detector, int maximumReplicas, TimeProvider time)
{
    private readonly FindingList _findings = new(detector, maximumReplicas);
    private readonly PlanSealing _sealing = new(detector);
    private readonly AccessCheck _access = new(new RememberedRights(time));
    private readonly SurroundingsReader _surroundings = new(new ServedVersions(time));

    /// <exception cref="ToolException">The call is refused.</exception>
    /// <exception cref="KubernetesException">The cluster refused or could not be reached.</exception>
    /// <exception cref="PlanStoreException">The plan cannot be kept.</exception>
    public async Task<PlannedCall> PlanAsync(RequestedOperation operation, NamespaceClient client, Caller caller, CancellationToken cancellationToken)
    {
        var key = PlanRequestKey.Of(ClusterIdentity.Of(client), client.Namespace, operation);
        var now = Now();

        // A restart is fixed to the time of its plan, so that only for that time can the two be compared. All else is tried while the store is asked.
        var isTimed = operation.Operation is PlanOperation.Restart;
        var untimed = isTimed ? null : DraftAsync(operation, client, now, cancellationToken);
        var search = store.FindPendingAsync(caller.Subject, key, cancellationToken);
        await Task.WhenAll(search, untimed ?? Task.CompletedTask);
        var pending = await search is { IsIntact: true } found ? found : null;
        var draft = await (untimed ?? DraftAsync(operation, client, pending?.Content.CreatedAt ?? now, cancellationToken));
        if (pending is not null)
        {
            if (SamePlan(pending.Content, Seal(draft, operation, client, caller, pending.Content.CreatedAt)))
            {
                return new PlannedCall(pending, IsReused: true);
            }

            draft = isTimed ? await DraftAsync(operation, client, now, cancellationToken) : draft;
        }

        return new PlannedCall(await StoreAsync(Seal(draft, operation, client, caller, now), key, cancellationToken), IsReused: false);
    }

    private async Task<Plan> StoreAsync(PlanContent content, string key, CancellationToken cancellationToken)
    {
        try
        {
            return await store.AddAsync(content, key, cancellationToken);
        }
        catch (PendingPlanLimitException refusal)
        {
            throw new ToolException(
                ToolErrorCode.RateLimited,
                $"{refusal.Limit} of your plans wait for a decision, which is as many as may; no plan was made.",
                "Ask the user to approve, deny or withdraw some in the browser, or wait until they expire. A request that equals one that waits still returns its plan.",
                inner: refusal);
        }
    }

    private async Task<PlanDraft> DraftAsync(RequestedOperation operation, NamespaceClient client, DateTimeOffset createdAt, CancellationToken cancellationToken)
    {
        var changes = operation.Changes(createdAt);
        var allowed = _access.RequireAsync(client, changes, cancellationToken);
        var targets = TargetDrafter.DraftAsync(client, changes, cancellationToken);
        var surroundings = _surroundings.ReadAsync(client, operation.Operation, cancellationToken);

        // None needs the others' answers. Of several failures the first in this order is told: a missing right explains the others.
        await Task.WhenAll(allowed, targets, surroundings);
        return new PlanDraft(
            operation.Operation, client.Namespace, await targets, await surroundings, policies.Current.EffectiveFor(client.Namespace, operation.Operation));
    }

    private PlanContent Seal(PlanDraft draft, RequestedOperation operation, NamespaceClient client, Caller caller, DateTimeOffset createdAt)
    {
        var findings = _findings.Of(draft);
        RefuseBlocked(findings);
        return _sealing.Seal(PlanId.New(createdAt), ClusterIdentity.Of(client), draft, operation, findings, caller, createdAt);
    }

    private static void RefuseBlocked(IReadOnlyList<Finding> findings)
    {
        var blocking = findings.Where(finding => finding.Severity is FindingSeverity.Block).ToArray();
        if (blocking.Length > 0)
        {
            throw new ToolException(
                ToolErrorCode.PolicyBlocked,
                "The policy of this namespace forbids it: " + string.Join(" ", blocking.Take(5).Select(finding => $"{finding.Target} {finding.Message} ({finding.Code})")),
                "Change the request, or have whoever owns the policy change the severity of the finding.");
        }
    }

    /// <summary>Whether a new plan would say nothing else. A key of the same name may have been made anew for another person, who then is the one who asks; and one made under other rules could not be approved.</summary>
    private static bool SamePlan(PlanContent left, PlanContent right) =>
        left.Requester.Owner == right.Requester.Owner
        && left.FindingRules == right.FindingRules
        && left.Targets.Select(Key).SequenceEqual(right.Targets.Select(Key))
        && left.Findings.SequenceEqual(right.Findings);

    private static (string, TargetChange, string?, string?, string?, PlannedRequest) Key(PlanTarget target) =>
        (target.Reference, target.Change, target.Uid, target.Fingerprint, target.DryRunFingerprint, target.Request);

    private DateTimeOffset Now()
    {
        var now = time.GetUtcNow();
        return new DateTimeOffset(now.Ticks - (now.Ticks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);
    }
}
