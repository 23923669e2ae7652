using InfraGate.Plans.Audit;
using InfraGate.Plans.Lifecycle;

namespace InfraGate.Plans.Storage;

/// <summary>One edge of the status machine that somebody wants a plan to take.</summary>
public sealed record PlanTransition
{
    /// <summary>The status the plan must be in; otherwise nothing happens.</summary>
    public required PlanStatus From { get; init; }

    /// <summary>The status it gets.</summary>
    public required PlanStatus To { get; init; }

    /// <summary>Who or what causes it.</summary>
    public required AuditActor Actor { get; init; }

    /// <summary>Why, in a sentence for people.</summary>
    public string? Reason { get; init; }

    /// <summary>The grant, exactly when the plan becomes Approved.</summary>
    public string? Grant { get; init; }

    /// <summary>The outcome, when the plan becomes Applied or Failed.</summary>
    public PlanOutcome? Outcome { get; init; }

    /// <summary>What else the audit entry keeps, as names and values.</summary>
    public IReadOnlyDictionary<string, string> Details { get; init; } = new Dictionary<string, string>();

    /// <summary>The executor that claims the plan, exactly when it becomes Applying.</summary>
    public ExecutionLease? Lease { get; init; }

    /// <summary>
    /// When set on the first edge, out of Applying, it is taken only while this executor holds the plan: one that was thought dead and taken over cannot overwrite what its successor recorded.
    /// </summary>
    public string? HeldBy { get; init; }

    /// <summary>When the new status ends by itself, where that is before the plan's own end: a grant's expiry, when the plan becomes Approved.</summary>
    public DateTimeOffset? Until { get; init; }
}

/// <summary>Says which executor carries a plan out, and until when it may be believed to be alive.</summary>
/// <param name="Owner">A random name of the executor process.</param>
/// <param name="Until">When the lease runs out unless renewed; afterwards recovery may take the plan over.</param>
public sealed record ExecutionLease(string Owner, DateTimeOffset Until);
