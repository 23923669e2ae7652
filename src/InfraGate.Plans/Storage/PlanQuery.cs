using InfraGate.Plans.Findings;
using InfraGate.Plans.Lifecycle;

namespace InfraGate.Plans.Storage;

/// <summary>Which plans a list wants. Every condition that is set must hold.</summary>
public sealed record PlanQuery
{
    /// <summary>The largest page.</summary>
    public const int MaximumPage = 200;

    /// <summary>Any of these statuses; empty means all.</summary>
    public IReadOnlyList<PlanStatus> Statuses { get; init; } = [];

    /// <summary>This namespace.</summary>
    public string? Namespace { get; init; }

    /// <summary>This requester's subject.</summary>
    public string? RequesterSubject { get; init; }

    /// <summary>This operation.</summary>
    public PlanOperation? Operation { get; init; }

    /// <summary>This text, without regard to case, in the id, the summary, the requester's name or a target's name; at most 100 characters.</summary>
    public string? Text { get; init; }

    /// <summary>How many at most, 1 to <see cref="MaximumPage"/>.</summary>
    public int Limit { get; init; } = 50;

    /// <summary>Continues after this position, taken from <see cref="PlanPage.Next"/>; what is no position means the beginning.</summary>
    public string? After { get; init; }
}

/// <summary>What a list shows of a plan, without its content.</summary>
/// <param name="Id">The plan.</param>
/// <param name="Status">Where it is in its life.</param>
/// <param name="Operation">What it does.</param>
/// <param name="Cluster">Where.</param>
/// <param name="Namespace">In which namespace.</param>
/// <param name="Summary">The impact in one sentence.</param>
/// <param name="Targets">The objects, comma-separated, shortened past 200 characters.</param>
/// <param name="Risk">The most severe finding; null when there is none.</param>
/// <param name="Requester">Who asked.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">When it ends.</param>
/// <param name="StatusChangedAt">When its status last changed.</param>
public sealed record PlanSummary(
    PlanId Id,
    PlanStatus Status,
    PlanOperation Operation,
    string Cluster,
    string Namespace,
    string Summary,
    string Targets,
    FindingSeverity? Risk,
    Requester Requester,
    DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt,
    DateTimeOffset StatusChangedAt);

/// <summary>One page of plans: waiting ones first, the riskiest of them first, then by age; the others newest first.</summary>
/// <param name="Plans">At most the asked number.</param>
/// <param name="Next">Where the next page starts; null at the end.</param>
public sealed record PlanPage(IReadOnlyList<PlanSummary> Plans, string? Next);
