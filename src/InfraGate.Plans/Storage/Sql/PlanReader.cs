using System.Text.Json;
using InfraGate.Plans.Approval;
using InfraGate.Plans.Audit;
using InfraGate.Plans.Lifecycle;
using InfraGate.Plans.Sealing;

namespace InfraGate.Plans.Storage.Sql;

/// <summary>Reads a whole plan and says whether it is still what was sealed.</summary>
internal static class PlanReader
{
    private const string Query =
        """
        SELECT plan.id, plan.status, plan.status_reason, plan.status_changed_at, plan.digest, plan.signed_grant, plan.outcome, plan.lease_owner, plan.lease_until, plan_content.content
        FROM plan JOIN plan_content ON plan_content.plan_id = plan.id WHERE plan.id = @id
        """;

    /// <summary>The plan; null when there is none of that id.</summary>
    /// <exception cref="PlanTamperedException">What is stored cannot be read as one.</exception>
    public static async Task<Plan?> FindAsync(SqlSession session, PlanId id)
    {
        try
        {
            return await ReadAsync(session, id);
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidCastException or ArgumentOutOfRangeException)
        {
            throw new PlanTamperedException(id, exception);
        }
    }

    private static async Task<Plan?> ReadAsync(SqlSession session, PlanId id)
    {
        var row = await session.FirstAsync(Query, PlanRow.From, ("id", id.Value));
        if (row is null)
        {
            return null;
        }

        var recorded = PlanDigest.TryParse(row.Digest, out var digest);
        var content = Open(id, row.Content);
        var decisions = await DecisionTable.ReadAsync(session, id);
        var trail = await AuditTable.ReadTrailAsync(session, id);
        return new Plan
        {
            Content = content,
            Digest = digest,
            IsIntact = recorded && content.Id == id && PlanSeal.IsOf(row.Content, digest) && IsTold(row, decisions, trail),
            Status = row.Status,
            StatusReason = row.StatusReason,
            StatusChangedAt = row.StatusChangedAt,
            Decisions = decisions,
            Grant = row.Grant,
            Outcome = row.Outcome,
            Lease = row.Lease,
        };
    }

    private static PlanContent Open(PlanId id, string content)
    {
        try
        {
            return PlanSeal.Open(content);
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException or NotSupportedException)
        {
            throw new PlanTamperedException(id, exception);
        }
    }

    /// <summary>
    /// Whether the plan's own entries in the trail tell of it as the row does, so that editing content and digest together is noticed, and so is a plan that was denied or carried out and put
    /// back. A row that is only ahead of its trail gains nothing: without a grant no status lets anything through.
    /// </summary>
    private static bool IsTold(PlanRow row, IReadOnlyList<Decision> decisions, PlanTrail? trail) =>
        trail is not null
        && trail.Digest == row.Digest
        && (trail.Status == PlanStatus.Pending || trail.Status == row.Status)
        && trail.Decisions == DecisionTable.Words(decisions);

    private sealed record PlanRow(
        PlanStatus Status, string? StatusReason, DateTimeOffset StatusChangedAt, string Digest, string? Grant, PlanOutcome? Outcome, ExecutionLease? Lease, string Content)
    {
        public static PlanRow From(SqlRow row) => new(
            WireNames.Parse<PlanStatus>(row.Text("status")),
            row.TextOrNull("status_reason"),
            row.Time("status_changed_at"),
            row.Text("digest"),
            row.TextOrNull("signed_grant"),
            PlanHead.OutcomeOf(row),
            PlanHead.LeaseOf(row),
            row.Text("content"));
    }
}
