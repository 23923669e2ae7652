using InfraGate.Plans;
using InfraGate.Plans.Approval;

namespace InfraGate.ApprovalUi.Live;

/// <summary>Keeps a slow cluster from holding up a page or a stream.</summary>
internal static class FreshnessPatience
{
    /// <summary>The answer, or <see cref="FreshnessState.Unknown"/> when it takes longer than the given time.</summary>
    public static async Task<Freshness> CheckWithinAsync(
        this IPlanFreshness freshness, PlanId id, TimeSpan patience, TimeProvider time, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await freshness.CheckAsync(id, both.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new Freshness(FreshnessState.Unknown, "the cluster did not answer in time.");
        }
    }
}
