namespace InfraGate.Plans.Lifecycle;

/// <summary>
/// The status machine: <c>Pending → Approved | Denied | Expired | Cancelled</c>, <c>Approved → Applying → Applied | Failed | Stale</c>,
/// <c>Approved → Expired</c>. No other edge exists.
/// </summary>
public static class PlanLifecycle
{
    private static readonly HashSet<(PlanStatus From, PlanStatus To)> Edges =
    [
        (PlanStatus.Pending, PlanStatus.Approved),
        (PlanStatus.Pending, PlanStatus.Denied),
        (PlanStatus.Pending, PlanStatus.Expired),
        (PlanStatus.Pending, PlanStatus.Cancelled),
        (PlanStatus.Approved, PlanStatus.Applying),
        (PlanStatus.Approved, PlanStatus.Expired),
        (PlanStatus.Applying, PlanStatus.Applied),
        (PlanStatus.Applying, PlanStatus.Failed),
        (PlanStatus.Applying, PlanStatus.Stale),
    ];

    /// <summary>Whether the machine has this edge.</summary>
    public static bool Allows(PlanStatus from, PlanStatus to) => Edges.Contains((from, to));

    /// <summary>Whether nothing can happen to a plan any more.</summary>
    public static bool IsFinal(this PlanStatus status) =>
        status is not (PlanStatus.Pending or PlanStatus.Approved or PlanStatus.Applying);
}
