using InfraGate.Plans.Approval;
using InfraGate.Plans.Findings;
using InfraGate.Plans.Lifecycle;
using InfraGate.Plans.Sealing;
using InfraGate.Plans.Storage;

namespace InfraGate.Plans;

/// <summary>A plan as it stands in the store: the sealed content and what has happened to it since.</summary>
public sealed record Plan
{
    /// <summary>The sealed content. Check <see cref="IsIntact"/> before relying on it.</summary>
    public required PlanContent Content { get; init; }

    /// <summary>The digest that was recorded when the plan was made.</summary>
    public required PlanDigest Digest { get; init; }

    /// <summary>
    /// Whether the stored content still has the recorded digest, recomputed when the plan was read, and the plan's entries in the audit trail, each still with its own hash, tell of the same
    /// digest, the same decisions and no later status: content and digest edited together are noticed as well, and so is a plan that was put back.
    /// </summary>
    public required bool IsIntact { get; init; }

    /// <summary>Where the plan is in its life.</summary>
    public required PlanStatus Status { get; init; }

    /// <summary>Why the plan is in this status, in a sentence, where somebody or something gave a reason.</summary>
    public string? StatusReason { get; init; }

    /// <summary>When the status last changed.</summary>
    public required DateTimeOffset StatusChangedAt { get; init; }

    /// <summary>What approvers have said so far, oldest first.</summary>
    public IReadOnlyList<Decision> Decisions { get; init; } = [];

    /// <summary>The signed grant (compact JWS) once the approval policy was met; null before.</summary>
    public string? Grant { get; init; }

    /// <summary>What carrying it out did, object by object; null until something was attempted.</summary>
    public PlanOutcome? Outcome { get; init; }

    /// <summary>The executor that carries the plan out, or the last one that did; null until somebody claimed it.</summary>
    public ExecutionLease? Lease { get; init; }

    /// <summary>The plan's name.</summary>
    public PlanId Id => Content.Id;

    /// <summary>The findings that an approver must tick one by one.</summary>
    public IEnumerable<Finding> ToAcknowledge => Content.Findings.Where(finding => finding.Severity == FindingSeverity.Acknowledge);
}
