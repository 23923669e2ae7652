using InfraGate.Plans.Lifecycle;

namespace InfraGate.Plans.Audit;

/// <summary>
/// One line of the audit trail. Entries are numbered without gaps from 1 and chained: each holds the hash of the one before, so that an entry that was edited,
/// removed or moved breaks the chain at a place that verification names.
/// </summary>
public sealed record AuditEntry
{
    /// <summary>The place in the chain, from 1.</summary>
    public required long Sequence { get; init; }

    /// <summary>When, in UTC with milliseconds.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who.</summary>
    public required AuditActor Actor { get; init; }

    /// <summary>What, one of <see cref="AuditActions"/>.</summary>
    public required string Action { get; init; }

    /// <summary>The plan it is about.</summary>
    public required PlanId Plan { get; init; }

    /// <summary>The status before; null when the action is no transition.</summary>
    public PlanStatus? From { get; init; }

    /// <summary>The status after; null when the action is no transition.</summary>
    public PlanStatus? To { get; init; }

    /// <summary>What else is worth keeping, as canonical JSON: digest, reason, acknowledged findings, outcome. Never a value from the cluster.</summary>
    public required string Details { get; init; }

    /// <summary>The hash of the entry before; 64 zeros for the first.</summary>
    public required string PreviousHash { get; init; }

    /// <summary>SHA-256 over the canonical JSON of all of the above, in lower-case hex.</summary>
    public required string Hash { get; init; }
}
