using InfraGate.Plans;
using InfraGate.Plans.Audit;
using InfraGate.Plans.Storage;

namespace InfraGate.ApprovalUi.Pages;

/// <summary>
/// A plan's audit entries as its page shows them. An agent may have approval links made as often as it likes, so that they are bounded by themselves: however many there are, they push
/// nothing else out.
/// </summary>
/// <param name="Plan">The plan.</param>
/// <param name="Entries">The entries, oldest first.</param>
/// <param name="LeavesOut">Whether the audit trail has more about the plan.</param>
public sealed record PlanHistory(PlanId Plan, IReadOnlyList<AuditEntry> Entries, bool LeavesOut)
{
    /// <summary>How many approval links are shown, the newest ones.</summary>
    public const int MostLinks = 20;

    /// <summary>Reads them.</summary>
    internal static async Task<PlanHistory> ReadAsync(IPlanStore store, PlanId plan, CancellationToken cancellationToken)
    {
        var links = await store.SearchAuditAsync(new AuditQuery { Plan = plan, Action = AuditActions.ChallengeIssued, Limit = MostLinks + 1 }, cancellationToken);
        var others = await store.SearchAuditAsync(new AuditQuery { Plan = plan, Except = AuditActions.ChallengeIssued, Limit = AuditQuery.MaximumPage }, cancellationToken);
        return new PlanHistory(
            plan,
            [.. links.Take(MostLinks).Concat(others).OrderBy(entry => entry.Sequence)],
            links.Count > MostLinks || others.Count == AuditQuery.MaximumPage);
    }
}
