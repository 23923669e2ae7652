using System.Text.Json;
using InfraGate.Plans.Findings;
using InfraGate.Plans.Lifecycle;
using InfraGate.Plans.Sealing;

namespace InfraGate.Plans.Storage.Sql;

/// <summary>The rows of plans: what lists and transitions need in one table, the sealed content in another.</summary>
internal static class PlanTable
{
    private const int MaximumTargetsText = 200;

    /// <summary>Writes a new plan as Pending.</summary>
    public static async Task InsertAsync(SqlSession session, PlanContent content, PlanSeal seal, string requestKey)
    {
        var risk = content.Findings.Count == 0 ? (FindingSeverity?)null : content.Findings.Max(finding => finding.Severity);
        var order = ListOrder.Of(content.Id, PlanStatus.Pending, risk, content.CreatedAt);
        await session.ExecuteAsync(
            """
            INSERT INTO plan (id, status, status_changed_at, digest, cluster, namespace, operation, requester_subject, requester_name, requester_client, requester_client_name, request_key,
              summary, targets, risk, search_text, created_at, expires_at, due_at, list_rank, list_time)
            VALUES (@id, @status, @now, @digest, @cluster, @namespace, @operation, @subject, @name, @client, @clientName, @key,
              @summary, @targets, @risk, @search, @created, @expires, @expires, @rank, @time)
            """,
            ("id", content.Id.Value),
            ("status", PlanStatus.Pending.ToString()),
            ("now", session.Now.ToUnixTimeMilliseconds()),
            ("digest", seal.Digest.Value),
            ("cluster", content.Cluster),
            ("namespace", content.Namespace),
            ("operation", content.Operation.ToName()),
            ("subject", content.Requester.Subject),
            ("name", content.Requester.Name),
            ("client", content.Requester.Client),
            ("clientName", content.Requester.ClientName),
            ("key", requestKey),
            ("summary", content.Impact.Sentence),
            ("targets", TargetsText(content)),
            ("risk", (int?)risk),
            ("search", SearchText(content)),
            ("created", content.CreatedAt.ToUnixTimeMilliseconds()),
            ("expires", content.ExpiresAt.ToUnixTimeMilliseconds()),
            ("rank", order.Rank),
            ("time", order.Time));
        await session.ExecuteAsync("INSERT INTO plan_content (plan_id, content) VALUES (@id, @content)", ("id", content.Id.Value), ("content", seal.Json));
        await CountAsync(session, PlanStatus.Pending, 1);
    }

    /// <summary>How many plans of a requester wait for a decision; those whose time has run out unnoticed do not.</summary>
    public static Task<long> CountWaitingAsync(SqlSession session, string requesterSubject) => session.FirstAsync(
        "SELECT COUNT(*) AS waiting FROM plan WHERE requester_subject = @subject AND status = @status AND due_at > @now",
        row => row.Number("waiting"),
        ("subject", requesterSubject),
        ("status", PlanStatus.Pending.ToString()),
        ("now", session.Now.ToUnixTimeMilliseconds()));

    /// <summary>What a change needs to know of a plan; null when there is none.</summary>
    public static Task<PlanHead?> FindHeadAsync(SqlSession session, PlanId id) =>
        session.FirstAsync("SELECT id, status, digest, risk, created_at, due_at, outcome, lease_owner, lease_until FROM plan WHERE id = @id", PlanHead.From, ("id", id.Value));

    /// <summary>
    /// Moves a plan from one status to another if it still is in the first, and keeps the counts and the list order true. False when it is not.
    /// </summary>
    public static async Task<bool> TryMoveAsync(SqlSession session, PlanHead plan, PlanTransition edge)
    {
        var order = ListOrder.Of(plan.Id, edge.To, plan.Risk, plan.CreatedAt);
        var due = edge.Until is { } until && until < plan.DueAt ? until : plan.DueAt;
        var moved = await session.ExecuteAsync(
            """
            UPDATE plan SET status = @to, status_reason = @reason, status_changed_at = @now, list_rank = @rank, list_time = @time, due_at = @due,
              signed_grant = COALESCE(@grant, signed_grant), outcome = COALESCE(@outcome, outcome),
              lease_owner = COALESCE(@owner, lease_owner), lease_until = COALESCE(@until, lease_until)
            WHERE id = @id AND status = @from
            """,
            ("id", plan.Id.Value),
            ("from", edge.From.ToString()),
            ("to", edge.To.ToString()),
            ("reason", edge.Reason),
            ("now", session.Now.ToUnixTimeMilliseconds()),
            ("rank", order.Rank),
            ("time", order.Time),
            ("due", due.ToUnixTimeMilliseconds()),
            ("grant", edge.Grant),
            ("outcome", edge.Outcome is null ? null : JsonSerializer.Serialize(edge.Outcome, WireNames.Json)),
            ("owner", edge.Lease?.Owner),
            ("until", edge.Lease?.Until.ToUnixTimeMilliseconds()));
        if (moved != 1)
        {
            return false;
        }

        await CountAsync(session, edge.From, -1);
        await CountAsync(session, edge.To, 1);
        return true;
    }

    /// <summary>Replaces a plan's outcome.</summary>
    public static Task SetOutcomeAsync(SqlSession session, PlanId id, PlanOutcome outcome) => session.ExecuteAsync(
        "UPDATE plan SET outcome = @outcome WHERE id = @id", ("id", id.Value), ("outcome", JsonSerializer.Serialize(outcome, WireNames.Json)));

    /// <summary>Gives a plan to an executor until an instant.</summary>
    public static Task SetLeaseAsync(SqlSession session, PlanId id, ExecutionLease lease) => session.ExecuteAsync(
        "UPDATE plan SET lease_owner = @owner, lease_until = @until WHERE id = @id",
        ("id", id.Value),
        ("owner", lease.Owner),
        ("until", lease.Until.ToUnixTimeMilliseconds()));

    /// <summary>How many plans are in each status.</summary>
    public static async Task<IReadOnlyDictionary<PlanStatus, long>> ReadCountsAsync(SqlSession session)
    {
        var rows = await session.AllAsync(
            "SELECT status, plans FROM plan_count", row => (Status: WireNames.Parse<PlanStatus>(row.Text("status")), Plans: row.Number("plans")));
        return Enum.GetValues<PlanStatus>().ToDictionary(status => status, status => rows.Where(row => row.Status == status).Sum(row => row.Plans));
    }

    private static Task<int> CountAsync(SqlSession session, PlanStatus status, int difference) => session.ExecuteAsync(
        "INSERT INTO plan_count (status, plans) VALUES (@status, @difference) ON CONFLICT (status) DO UPDATE SET plans = plan_count.plans + @difference",
        ("status", status.ToString()),
        ("difference", (long)difference));

    private static string TargetsText(PlanContent content)
    {
        var text = string.Join(", ", content.Targets.Select(target => target.Reference));
        return text.Length <= MaximumTargetsText ? text : string.Concat(text.AsSpan(0, MaximumTargetsText - 1), "…");
    }

    private static string SearchText(PlanContent content) =>
        string.Join('\n', [content.Id.Value, content.Impact.Sentence, content.Requester.Name, .. content.Targets.Select(target => target.Reference)]).ToLowerInvariant();
}
