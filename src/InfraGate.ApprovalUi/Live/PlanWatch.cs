using InfraGate.Plans;
using InfraGate.Plans.Approval;
using InfraGate.Plans.Audit;
using InfraGate.Plans.Storage;

namespace InfraGate.ApprovalUi.Live;

/// <summary>
/// Reads the state of a plan's page: the plan's newest audit entry each time, the plan when there is another one, the cluster's answer as it is shared. Between two entries it keeps the outline and
/// not the plan, which may be large.
/// </summary>
internal sealed class PlanWatch(PlanId id, IPlanStore store, SharedFreshness freshness, TimeProvider time)
{
    // An edit of the database leaves no entry; the page shows it nevertheless.
    private static readonly TimeSpan LongestKept = TimeSpan.FromSeconds(5);

    private PlanOutline? _outline;
    private string? _head;
    private long _readAt;

    /// <summary>The state as it is now.</summary>
    public async Task<string> ReadAsync(CancellationToken cancellationToken)
    {
        if (await OutlineAsync(cancellationToken) is not { } outline)
        {
            return "none";
        }

        var isOpen = outline.IsOpen && outline.ExpiresAt > time.GetUtcNow();
        var state = isOpen ? (await freshness.CheckAsync(id, cancellationToken)).State : FreshnessState.Fresh;
        return PageState.Of(outline, _head, state, time.GetUtcNow());
    }

    private async Task<PlanOutline?> OutlineAsync(CancellationToken cancellationToken)
    {
        // The entry before the plan: what comes in between is then told twice, never missed.
        var newest = await store.SearchAuditAsync(new AuditQuery { Plan = id, Limit = 1 }, cancellationToken);
        var head = newest.Count == 0 ? null : newest[0].Hash;
        if (_outline is null || head != _head || time.GetElapsedTime(_readAt) >= LongestKept)
        {
            _outline = await store.FindAsync(id, cancellationToken) is { } plan ? PlanOutline.Of(plan) : null;
            _head = head;
            _readAt = time.GetTimestamp();
        }

        return _outline;
    }
}
