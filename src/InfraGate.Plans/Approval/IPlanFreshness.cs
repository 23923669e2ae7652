namespace InfraGate.Plans.Approval;

/// <summary>
/// Asks the only process that may read the cluster whether it still is what a plan was made against. Used by the approval page, so that nobody approves what could not be applied.
/// </summary>
public interface IPlanFreshness
{
    /// <summary>The answer for one plan. Never throws for an unreachable cluster: that is <see cref="FreshnessState.Unknown"/>.</summary>
    Task<Freshness> CheckAsync(PlanId id, CancellationToken cancellationToken = default);
}

/// <summary>Whether the cluster still is what a plan was made against.</summary>
public enum FreshnessState
{
    /// <summary>It is.</summary>
    Fresh,

    /// <summary>It is not; the plan would be refused as stale.</summary>
    Stale,

    /// <summary>It could not be established.</summary>
    Unknown,
}

/// <summary>The answer of a freshness check.</summary>
/// <param name="State">Fresh, stale or unknown.</param>
/// <param name="Detail">What changed, or why it is not known, in a sentence; null when fresh.</param>
public sealed record Freshness(FreshnessState State, string? Detail);
