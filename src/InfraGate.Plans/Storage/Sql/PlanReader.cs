using System.Text.Json;
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
    /// <exception cref="PlanTamperedException">The content cannot be read as one.</exception>
    public static async Task<Plan?> FindAsync(SqlSession session, PlanId id)
    {
        var row = await session.FirstAsync(Query, PlanRow.From, ("id", id.Value));
        if (row is null)
        {
            return null;
        }

        var recorded = PlanDigest.TryParse(row.Digest, out var digest);
        var content = Open(id, row.Content);
        var creation = await AuditTable.FindCreationAsync(session, id);
        return new Plan
        {
            Content = content,
            Digest = digest,
            IsIntact = recorded && content.Id == id && PlanSeal.IsOf(row.Content, digest) && IsWitnessed(creation, digest),
            Status = row.Status,
            StatusReason = row.StatusReason,
            StatusChangedAt = row.StatusChangedAt,
            Decisions = await DecisionTable.ReadAsync(session, id),
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

    /// <summary>Whether the audit entry of the plan's making names this digest and was not edited itself, so that editing content and digest together is noticed.</summary>
    private static bool IsWitnessed(AuditEntry? creation, PlanDigest digest) =>
        creation is not null && creation.Hash == AuditChain.HashOf(creation) && AuditDetails.Text(creation.Details, AuditDetails.Digest) == digest.Value;

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
