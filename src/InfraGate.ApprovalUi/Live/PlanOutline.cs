using InfraGate.Plans;
using InfraGate.Plans.Lifecycle;

namespace InfraGate.ApprovalUi.Live;

/// <summary>What of a plan decides whether its page would look different.</summary>
/// <param name="Status">Its status.</param>
/// <param name="Decisions">How many people have decided.</param>
/// <param name="IsIntact">Whether it is what was sealed.</param>
/// <param name="ExpiresAt">When its time is up, which no audit entry need say at once.</param>
/// <param name="Rollouts">The states of its rollouts, as one text.</param>
internal sealed record PlanOutline(PlanStatus Status, int Decisions, bool IsIntact, DateTimeOffset ExpiresAt, string Rollouts)
{
    /// <summary>Whether it may still be decided on or applied, its time aside.</summary>
    public bool IsOpen => Status is PlanStatus.Pending or PlanStatus.Approved;

    /// <summary>The outline of a plan.</summary>
    public static PlanOutline Of(Plan plan) => new(
        plan.Status,
        plan.Decisions.Count,
        plan.IsIntact,
        plan.Content.ExpiresAt,
        plan.Outcome is null ? string.Empty : string.Join('|', plan.Outcome.Rollouts.Select(rollout => rollout.State + rollout.Detail)));
}
