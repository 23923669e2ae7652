using InfraGate.Plans.Policy;

namespace InfraGate.Plans.Approval;

/// <summary>
/// The one place where a human's word becomes a decision: it checks the plan, the policy, the person and the ticks, records the decision and, when the policy is met, signs the grant.
/// Only code that holds an interactive browser sign-in may call it.
/// </summary>
public interface IApprovalDesk
{
    /// <summary>What a page shows one person about approving one plan; null when there is no such plan.</summary>
    /// <exception cref="Storage.PlanTamperedException">What is stored is no longer a plan.</exception>
    Task<PlanReview?> ReviewAsync(PlanId id, Approver approver, CancellationToken cancellationToken = default);

    /// <summary>Takes a decision.</summary>
    Task<DecisionResult> DecideAsync(DecisionRequest request, CancellationToken cancellationToken = default);

    /// <summary>Withdraws a pending plan on the word of its requester, or of who holds the key that asked; false when the person is neither or the plan no longer pending.</summary>
    Task<bool> WithdrawAsync(PlanId id, Approver requester, CancellationToken cancellationToken = default);
}

/// <summary>A plan as one person may decide on it.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Policy">What the policy says for it.</param>
/// <param name="PolicyVersion">Which version says so; a decision must name it.</param>
/// <param name="Refusal">Why this person cannot decide now, in a sentence; null when they can.</param>
/// <param name="ApprovalsMissing">How many more approvals are needed.</param>
/// <param name="NameToRetype">What a confirmation must retype before approving (deletion, scale to zero): the object's name; null when nothing.</param>
/// <param name="ApprovalRefusal">
/// Why this person can deny but not approve now, in a sentence: a change window is closed, or the policy has come to block something. Null when they can, or when <paramref name="Refusal"/>
/// says why neither.
/// </param>
public sealed record PlanReview(
    Plan Plan, EffectivePolicy Policy, string PolicyVersion, string? Refusal, int ApprovalsMissing, string? NameToRetype, string? ApprovalRefusal = null);

/// <summary>A decision as it comes from the page.</summary>
public sealed record DecisionRequest
{
    /// <summary>The plan.</summary>
    public required PlanId Plan { get; init; }

    /// <summary>The digest of the content that was on the page. Another one means that something else was reviewed.</summary>
    public required string Digest { get; init; }

    /// <summary>The policy version that was on the page.</summary>
    public required string PolicyVersion { get; init; }

    /// <summary>The person.</summary>
    public required Approver Approver { get; init; }

    /// <summary>Yes or no.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>The person's words; required to deny.</summary>
    public string? Reason { get; init; }

    /// <summary>The ids of the findings that were ticked.</summary>
    public IReadOnlyList<string> Acknowledged { get; init; } = [];

    /// <summary>The retyped object name, where one is asked for.</summary>
    public string? RetypedName { get; init; }
}

/// <summary>What became of a decision.</summary>
/// <param name="Accepted">Whether it was recorded.</param>
/// <param name="Message">What happened or why not, in a sentence for the page.</param>
/// <param name="Plan">The plan afterwards; null when there is none.</param>
public sealed record DecisionResult(bool Accepted, string Message, Plan? Plan);
