using InfraGate.Plans.Findings;
using InfraGate.Plans.Lifecycle;
using InfraGate.Plans.Policy;

namespace InfraGate.Plans.Approval;

/// <summary>
/// Every reason for which a decision is not taken, as pure functions of the plan, the policy, the person and the time. The page asks the same functions before that the desk asks at the
/// decision, so they cannot disagree.
/// </summary>
internal static class ApprovalRules
{
    /// <summary>Why this person can decide neither way now; null when they can.</summary>
    public static string? RefusalToDecide(Plan plan, EffectivePolicy policy, Approver approver, DateTimeOffset now)
    {
        if (!plan.IsIntact)
        {
            return "What is stored of the plan is not what was sealed and recorded, shows something else than what it does, or has a decision that this gateway did not sign: somebody edited the database, "
                + "or an older InfraGate, which signed none, took the decision. It can never be approved. Ask for a new one.";
        }

        if (plan.Status != PlanStatus.Pending)
        {
            return $"The plan is {plan.Status.ToString().ToLowerInvariant()} already; it waits for no decision.";
        }

        if (now >= plan.Content.ExpiresAt)
        {
            return "The plan has expired. Ask for a new one.";
        }

        return plan.Decisions.Any(decision => decision.Subject == approver.Subject)
            ? "You have decided on this plan already."
            : Eligibility.RefusalFor(policy, plan.Content.Requester, approver.Subject, approver.Groups);
    }

    /// <summary>Why nobody can approve now although denying is possible; null when approving is, too.</summary>
    public static string? RefusalToApprove(Plan plan, EffectivePolicy policy, DateTimeOffset now)
    {
        var blocked = plan.Content.Findings.FirstOrDefault(finding => policy.Severities.TryGetValue(finding.Code, out var severity) && severity == FindingSeverity.Block);
        if (blocked is not null)
        {
            return $"The policy now blocks what this plan does ({blocked.Code}).";
        }

        return plan.Content.FindingRules is { } rules && rules != FindingRules.DigestOf(policy)
            ? "The policy's rules for findings changed since this plan was made; ask the agent for a new plan."
            : ChangeWindows.RefusalAt(policy.Windows, now);
    }

    /// <summary>Why what came from the page is not the decision of somebody who saw this plan under this policy; null when it is.</summary>
    public static string? RefusalOfRequest(Plan plan, PolicySnapshot policy, DecisionRequest request)
    {
        if (request.Digest != plan.Digest.Value)
        {
            return "What was on the page is not this plan. Open it again and review it.";
        }

        if (request.PolicyVersion != policy.Version)
        {
            return "The policy changed while the page was open. Review the plan again under the new one.";
        }

        var reason = ReasonText.Normalize(request.Reason);
        if (request.Verdict == Verdict.Deny && reason is null)
        {
            return "To deny needs a reason; the requester reads it.";
        }

        return ReasonText.RefusalFor(reason) ?? (request.Verdict == Verdict.Approve ? RefusalOfConfirmation(plan, request) : null);
    }

    /// <summary>How many more approvals the policy needs from people whom it still lets approve.</summary>
    public static int ApprovalsMissing(Plan plan, EffectivePolicy policy) => Math.Max(0, policy.ApprovalsNeeded - Approvers(plan.Content.Requester, plan.Decisions, policy).Count);

    /// <summary>The subjects whose approvals count under the policy as it is now.</summary>
    public static IReadOnlyList<string> Approvers(Requester requester, IEnumerable<Decision> decisions, EffectivePolicy policy) =>
    [
        .. decisions
            .Where(decision => decision.Verdict == Verdict.Approve && Eligibility.RefusalFor(policy, requester, decision.Subject, decision.Groups) is null)
            .Select(decision => decision.Subject)
            .Distinct(StringComparer.Ordinal),
    ];

    private static string? RefusalOfConfirmation(Plan plan, DecisionRequest request)
    {
        if (request.Acknowledged.Except(plan.Content.Findings.Select(finding => finding.Id), StringComparer.Ordinal).Any())
        {
            return "A finding was ticked that this plan does not have. Open the plan again and review it.";
        }

        var unticked = plan.ToAcknowledge.Where(finding => !request.Acknowledged.Contains(finding.Id, StringComparer.Ordinal)).ToList();
        if (unticked.Count > 0)
        {
            return $"To approve, every finding that asks for it must be ticked; missing: {string.Join(", ", unticked.Select(finding => finding.Code).Distinct())}.";
        }

        return GravestLoss.NameIn(plan.Content) is { } name && request.RetypedName != name
            ? $"To approve, type the name of what is at stake exactly: {name}."
            : null;
    }
}
