using InfraGate.Plans.Lifecycle;

namespace InfraGate.Plans.Audit;

/// <summary>The names of what the audit trail records.</summary>
public static class AuditActions
{
    /// <summary>A plan was sealed and stored.</summary>
    public const string PlanCreated = "plan.created";

    /// <summary>An approver spoke; the plan may still wait for others.</summary>
    public const string DecisionRecorded = "decision.recorded";

    /// <summary>An approval link was made.</summary>
    public const string ChallengeIssued = "challenge.issued";

    /// <summary>An approval link was opened by a signed-in person, which uses it up.</summary>
    public const string ChallengeRedeemed = "challenge.redeemed";

    /// <summary>The policy was met and a grant was signed.</summary>
    public const string PlanApproved = "plan.approved";

    /// <summary>The plan was denied.</summary>
    public const string PlanDenied = "plan.denied";

    /// <summary>The plan's time ran out.</summary>
    public const string PlanExpired = "plan.expired";

    /// <summary>The plan was withdrawn or replaced.</summary>
    public const string PlanCancelled = "plan.cancelled";

    /// <summary>An executor claimed the plan.</summary>
    public const string PlanClaimed = "plan.claimed";

    /// <summary>Another executor took the plan over after the first one's lease had run out.</summary>
    public const string PlanTakenOver = "plan.taken-over";

    /// <summary>One target's outcome was recorded.</summary>
    public const string TargetRecorded = "target.recorded";

    /// <summary>The rollout that followed was observed.</summary>
    public const string RolloutRecorded = "rollout.recorded";

    /// <summary>The plan was carried out.</summary>
    public const string PlanApplied = "plan.applied";

    /// <summary>The plan could not be carried out, or not wholly.</summary>
    public const string PlanFailed = "plan.failed";

    /// <summary>The cluster was no longer as reviewed; nothing was written.</summary>
    public const string PlanStale = "plan.stale";

    /// <summary>The action that records a plan's arrival in a status; every arrival has exactly one.</summary>
    public static string For(PlanStatus reached) => reached switch
    {
        PlanStatus.Pending => PlanCreated,
        PlanStatus.Approved => PlanApproved,
        PlanStatus.Denied => PlanDenied,
        PlanStatus.Expired => PlanExpired,
        PlanStatus.Cancelled => PlanCancelled,
        PlanStatus.Applying => PlanClaimed,
        PlanStatus.Applied => PlanApplied,
        PlanStatus.Failed => PlanFailed,
        PlanStatus.Stale => PlanStale,
        _ => throw new ArgumentOutOfRangeException(nameof(reached), reached, "No such status."),
    };
}
