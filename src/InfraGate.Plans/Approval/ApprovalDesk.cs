using InfraGate.Plans.Audit;
using InfraGate.Plans.Grants;
using InfraGate.Plans.Lifecycle;
using InfraGate.Plans.Policy;
using InfraGate.Plans.Sealing;
using InfraGate.Plans.Storage;

namespace InfraGate.Plans.Approval;

/// <summary>
/// Takes decisions. Each attempt reads the plan and the policy, asks <see cref="ApprovalRules"/>, and writes only if nobody else spoke meanwhile; otherwise it starts again with what
/// is then true. Every decision is signed, and only signed ones count. The grant is signed and the plan approved in the transaction of the last decision that the policy needs.
/// </summary>
/// <param name="store">The plans.</param>
/// <param name="policies">Who may decide what.</param>
/// <param name="signer">Signs grants.</param>
/// <param name="decisions">Signs decisions, and tells which of those that are stored it signed.</param>
/// <param name="timeProvider">The clock.</param>
/// <param name="auditSigner">Knows of a damaged audit trail, under which nothing is approved; null where nothing signs the trail.</param>
public sealed class ApprovalDesk(
    IPlanStore store, IPolicySource policies, GrantSigner signer, DecisionSigner decisions, TimeProvider timeProvider, AuditSigner? auditSigner = null) : IApprovalDesk
{
    private const int MaximumAttempts = 25;

    /// <inheritdoc />
    public async Task<PlanReview?> ReviewAsync(PlanId id, Approver approver, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(approver);
        if (await FindAsync(id, cancellationToken) is not { } plan)
        {
            return null;
        }

        var snapshot = policies.Current;
        var policy = snapshot.EffectiveFor(plan.Content.Namespace, plan.Content.Operation);
        var now = timeProvider.GetUtcNow();
        var refusal = ApprovalRules.RefusalToDecide(plan, policy, approver, now);
        return new PlanReview(
            plan,
            policy,
            snapshot.Version,
            refusal,
            ApprovalRules.ApprovalsMissing(plan, policy),
            GravestLoss.NameIn(plan.Content),
            refusal is null ? RefusalToApprove(plan, policy, now) : null);
    }

    /// <inheritdoc />
    public async Task<DecisionResult> DecideAsync(DecisionRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        for (var attempt = 1; attempt <= MaximumAttempts; attempt++)
        {
            if (await TryDecideAsync(request, cancellationToken) is { } result)
            {
                return result;
            }
        }

        return new DecisionResult(Accepted: false, "Too many people decided at the same moment. Please try again.", await FindAsync(request.Plan, cancellationToken));
    }

    /// <inheritdoc />
    public async Task<bool> WithdrawAsync(PlanId id, Approver requester, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(requester);
        var plan = await store.FindAsync(id, cancellationToken);
        if (plan is not { IsIntact: true, Status: PlanStatus.Pending } || !plan.Content.Requester.Is(requester.Subject))
        {
            return false;
        }

        var withdraw = new PlanTransition { From = PlanStatus.Pending, To = PlanStatus.Cancelled, Actor = ActorOf(requester), Reason = "Withdrawn by its requester." };
        return await store.TryTransitionAsync(id, [withdraw], cancellationToken);
    }

    /// <summary>
    /// The plan, no longer taken for intact when it waits and a decision on it was not signed here, or what it shows is not what it does. Once it is decided the grant speaks, or nothing does;
    /// what older programs wrote then stays as it is.
    /// </summary>
    private async Task<Plan?> FindAsync(PlanId id, CancellationToken cancellationToken) =>
        await store.FindAsync(id, cancellationToken) is not { } plan ? null
        : plan.Status == PlanStatus.Pending && !(decisions.HasSigned(plan) && PlanViews.AreTrue(plan.Content)) ? plan with { IsIntact = false }
        : plan;

    /// <summary>One attempt; null when somebody else was quicker, so that everything must be looked at again.</summary>
    private async Task<DecisionResult?> TryDecideAsync(DecisionRequest request, CancellationToken cancellationToken)
    {
        Plan? plan;
        try
        {
            plan = await FindAsync(request.Plan, cancellationToken);
        }
        catch (PlanTamperedException)
        {
            return new DecisionResult(Accepted: false, "The stored plan was edited in the database. It can never be approved.", Plan: null);
        }

        if (plan is null)
        {
            return new DecisionResult(Accepted: false, "There is no such plan.", Plan: null);
        }

        var snapshot = policies.Current;
        var policy = snapshot.EffectiveFor(plan.Content.Namespace, plan.Content.Operation);
        var now = timeProvider.GetUtcNow();
        var refusal = ApprovalRules.RefusalToDecide(plan, policy, request.Approver, now)
            ?? ApprovalRules.RefusalOfRequest(plan, snapshot, request)
            ?? (request.Verdict == Verdict.Approve ? RefusalToApprove(plan, policy, now) : null);
        if (refusal is not null)
        {
            return new DecisionResult(Accepted: false, refusal, plan);
        }

        var decision = new Decision(request.Approver.Subject, request.Approver.Name, request.Verdict, ReasonText.Normalize(request.Reason), [.. request.Acknowledged.Distinct()], now)
        {
            Groups = request.Approver.Groups,
        };
        decision = decisions.Sign(plan.Id, plan.Digest, plan.Decisions.Count, decision);
        var transition = Follow(plan, decision, policy, snapshot.Version, now);
        if (!await store.TryDecideAsync(plan.Id, decision, plan.Decisions.Count, transition, snapshot.Version, cancellationToken))
        {
            return null;
        }

        return new DecisionResult(Accepted: true, Describe(plan, decision, policy, transition), await FindAsync(plan.Id, cancellationToken));
    }

    /// <summary>Whoever rewrote the trail may have rewritten what a plan's history is, so that nothing new is allowed on it; denying stays possible.</summary>
    private string? RefusalToApprove(Plan plan, EffectivePolicy policy, DateTimeOffset now) => auditSigner?.Alarm is null
        ? ApprovalRules.RefusalToApprove(plan, policy, now)
        : "The audit trail is not the one that the gateway signed. Nothing can be approved until an operator has looked into it; the audit page says what is wrong.";

    /// <summary>What follows from a decision: a denial ends the plan, the last approval that the policy needs approves it, any other leaves it waiting.</summary>
    private PlanTransition? Follow(Plan plan, Decision decision, EffectivePolicy policy, string policyVersion, DateTimeOffset now)
    {
        var actor = new AuditActor(AuditActorKind.Human, decision.Subject, decision.Name, Client: null);
        if (decision.Verdict == Verdict.Deny)
        {
            return new PlanTransition { From = PlanStatus.Pending, To = PlanStatus.Denied, Actor = actor, Reason = decision.Reason };
        }

        var approvers = ApprovalRules.Approvers(plan.Content.Requester, plan.Decisions.Append(decision), policy);
        if (approvers.Count < policy.ApprovalsNeeded)
        {
            return null;
        }

        var end = now + policy.GrantLifetime;
        var signed = signer.Sign(plan.Id, plan.Digest, approvers, end < plan.Content.ExpiresAt ? end : plan.Content.ExpiresAt);
        return new PlanTransition
        {
            From = PlanStatus.Pending,
            To = PlanStatus.Approved,
            Actor = actor,
            Reason = decision.Reason,
            Grant = signed.Token,
            Until = signed.Grant.ExpiresAt,
            Details = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["approvers"] = string.Join(", ", approvers),
                [AuditDetails.PolicyVersion] = policyVersion,
                ["grantExpiresAt"] = AuditChain.FormatTime(signed.Grant.ExpiresAt),
            },
        };
    }

    private static string Describe(Plan plan, Decision decision, EffectivePolicy policy, PlanTransition? transition)
    {
        if (transition is not null)
        {
            return transition.To == PlanStatus.Denied ? "You denied the plan; it will never run." : "The plan is approved; the agent can apply it now.";
        }

        var missing = policy.ApprovalsNeeded - ApprovalRules.Approvers(plan.Content.Requester, plan.Decisions.Append(decision), policy).Count;
        return $"Your approval is recorded; {missing} more {(missing == 1 ? "is" : "are")} needed.";
    }

    private static AuditActor ActorOf(Approver person) => new(AuditActorKind.Human, person.Subject, person.Name, Client: null);
}
