using InfraGate.Plans;
using InfraGate.Plans.Approval;

namespace InfraGate.ApprovalUi.Pages;

/// <summary>What the decision form posts. Nothing of it is trusted: the desk compares digest and policy version with what is in force.</summary>
public sealed class DecisionInput
{
    /// <summary>Which button was pressed.</summary>
    public Verdict? Verdict { get; set; }

    /// <summary>The digest of the plan that was on the page.</summary>
    public string? Digest { get; set; }

    /// <summary>The policy version that was on the page.</summary>
    public string? PolicyVersion { get; set; }

    /// <summary>Why.</summary>
    public string? Reason { get; set; }

    /// <summary>The object's name, typed again.</summary>
    public string? RetypedName { get; set; }

    /// <summary>The ids of the ticked findings; null when none was.</summary>
    public IReadOnlyList<string>? Acknowledged { get; set; }

    /// <summary>The same for the desk. A post without a button's value counts as a denial without a reason, which the desk refuses: it can never approve.</summary>
    public DecisionRequest ToRequest(PlanId plan, Approver approver) => new()
    {
        Plan = plan,
        Digest = Digest ?? string.Empty,
        PolicyVersion = PolicyVersion ?? string.Empty,
        Approver = approver,
        Verdict = Verdict ?? Plans.Approval.Verdict.Deny,
        Reason = string.IsNullOrWhiteSpace(Reason) ? null : Reason.Trim(),
        Acknowledged = Acknowledged ?? [],
        RetypedName = RetypedName?.Trim(),
    };
}
