using InfraGate.Plans.Findings;

namespace InfraGate.Plans;

/// <summary>
/// The sealed part of a plan: everything a human reviews and everything that will be carried out. It never changes after it is made;
/// <see cref="Sealing.PlanDigest"/> covers all of it.
/// </summary>
public sealed record PlanContent
{
    /// <summary>The version of this shape; raised when a field changes its meaning.</summary>
    public int SchemaVersion { get; init; } = 1;

    /// <summary>The plan's name.</summary>
    public required PlanId Id { get; init; }

    /// <summary>The identity of the cluster that the plan was made against; apply on another cluster is refused.</summary>
    public required string Cluster { get; init; }

    /// <summary>The namespace of every target.</summary>
    public required string Namespace { get; init; }

    /// <summary>What is done.</summary>
    public required PlanOperation Operation { get; init; }

    /// <summary>Who asked.</summary>
    public required Requester Requester { get; init; }

    /// <summary>When the plan was made (UTC, milliseconds).</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>After this instant the plan can be neither approved nor applied.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>What the caller asked for.</summary>
    public required PlanIntent Intent { get; init; }

    /// <summary>What it means in one sentence and in numbers.</summary>
    public required PlanImpact Impact { get; init; }

    /// <summary>The objects, in the order in which they are carried out; 1 to 20.</summary>
    public required IReadOnlyList<PlanTarget> Targets { get; init; }

    /// <summary>What the reviewer should know, most severe first.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>The rules under which they were found (<see cref="Policy.FindingRules.DigestOf"/>); null in plans of older programs, which did not say.</summary>
    public string? FindingRules { get; init; }
}
