using System.Globalization;
using InfraGate.Plans.Audit;
using InfraGate.Plans.Lifecycle;
using InfraGate.Plans.Sealing;

namespace InfraGate.Plans.Storage.Sql;

/// <summary>The audit trail's rows: appended at the end of the chain in the transaction of what they record, and read back.</summary>
internal static class AuditTable
{
    private const string Columns =
        "sequence, at, actor_kind, actor_subject, actor_name, actor_client, action, plan_id, from_status, to_status, details, previous_hash, hash";

    /// <summary>
    /// The entries that made, decided on and moved a plan; links and targets, of which there may be many, are left out. Asked for by action alone, the database may walk along all entries of
    /// that action, and a plan costs more to read the more plans there are.
    /// </summary>
    public const string StoryQuery =
        $"SELECT {Columns} FROM audit_entry WHERE plan_id = @plan AND (to_status IS NOT NULL OR action = '{AuditActions.DecisionRecorded}') ORDER BY sequence";

    /// <summary>Appends an entry. The caller is the only writer, so the head it reads is the head it replaces.</summary>
    public static async Task<AuditEntry> AppendAsync(SqlSession session, AuditDraft draft)
    {
        var head = await ReadHeadAsync(session);
        var unhashed = new AuditEntry
        {
            Sequence = head.Sequence + 1,
            At = session.Now,
            Actor = draft.Actor,
            Action = draft.Action,
            Plan = draft.Plan,
            From = draft.From,
            To = draft.To,
            Details = CanonicalJson.ToText(draft.Details),
            PreviousHash = head.Hash,
            Hash = string.Empty,
        };
        var entry = unhashed with { Hash = AuditChain.HashOf(unhashed) };
        await InsertAsync(session, entry);
        await session.ExecuteAsync("UPDATE audit_head SET sequence = @sequence, hash = @hash WHERE id = 1", ("sequence", entry.Sequence), ("hash", entry.Hash));
        return entry;
    }

    /// <summary>The recorded end of the chain.</summary>
    public static async Task<AuditHead> ReadHeadAsync(SqlSession session) =>
        await session.FirstAsync("SELECT sequence, hash FROM audit_head WHERE id = 1", row => new AuditHead(row.Number("sequence"), row.Text("hash")))
        ?? throw new PlanStoreException("The recorded end of the audit trail is gone.");

    /// <summary>At most the given number of entries from a sequence number upwards.</summary>
    public static Task<List<AuditEntry>> ReadPageAsync(SqlSession session, long from, int limit) =>
        session.AllAsync($"SELECT {Columns} FROM audit_entry WHERE sequence >= @from ORDER BY sequence LIMIT @limit", Map, ("from", from), ("limit", limit));

    /// <summary>All rows in order, as they are: a row that cannot be an entry comes as what is wrong with it.</summary>
    public static IAsyncEnumerable<AuditRow> StreamAsync(SqlSession session) => StreamAsync(session, long.MinValue);

    /// <summary>All rows from a sequence number upwards in order, as they are.</summary>
    public static IAsyncEnumerable<AuditRow> StreamAsync(SqlSession session, long from) =>
        session.StreamAsync($"SELECT {Columns} FROM audit_entry WHERE sequence >= @from ORDER BY sequence", AuditRow.From, ("from", from));

    /// <summary>What the trail says of a plan; null when an entry of it is not as it was written, or the first does not say that the plan was made.</summary>
    public static async Task<PlanTrail?> ReadTrailAsync(SqlSession session, PlanId plan) =>
        PlanTrail.Of(await session.AllAsync(StoryQuery, row => AuditRow.From(row).Entry, ("plan", plan.Value)));

    /// <summary>The newest entries first.</summary>
    public static Task<List<AuditEntry>> SearchAsync(SqlSession session, AuditQuery query)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1, nameof(query));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, AuditQuery.MaximumPage, nameof(query));
        var conditions = new List<string> { "sequence < @before" };
        var arguments = new List<(string, object?)> { ("before", query.Before ?? long.MaxValue), ("limit", query.Limit) };
        Add(query.Plan?.Value, "plan_id = @plan", "plan");
        Add(query.Subject, "actor_subject = @subject", "subject");
        Add(query.Action, "action = @action", "action");
        Add(query.Except, "action <> @except", "except");
        Add(string.IsNullOrEmpty(query.Text) ? null : Like.Containing(query.Text), $"lower(actor_name || ' ' || action || ' ' || details) LIKE @text {Like.Escape}", "text");
        return session.AllAsync(
            $"SELECT {Columns} FROM audit_entry WHERE {string.Join(" AND ", conditions)} ORDER BY sequence DESC LIMIT @limit", Map, [.. arguments]);

        void Add(string? value, string condition, string name)
        {
            if (value is not null)
            {
                conditions.Add(condition);
                arguments.Add((name, value));
            }
        }
    }

    /// <summary>Reads a row that must be an entry.</summary>
    public static AuditEntry Map(SqlRow row) => new()
    {
        Sequence = row.Number("sequence"),
        At = row.Time("at"),
        Actor = new AuditActor(WireNames.Parse<AuditActorKind>(row.Text("actor_kind")), row.Text("actor_subject"), row.Text("actor_name"), row.TextOrNull("actor_client")),
        Action = row.Text("action"),
        Plan = PlanId.Parse(row.Text("plan_id")),
        From = StatusOf(row.TextOrNull("from_status")),
        To = StatusOf(row.TextOrNull("to_status")),
        Details = row.Text("details"),
        PreviousHash = row.Text("previous_hash"),
        Hash = row.Text("hash"),
    };

    private static PlanStatus? StatusOf(string? name) => name is null ? null : WireNames.Parse<PlanStatus>(name);

    private static Task<int> InsertAsync(SqlSession session, AuditEntry entry) => session.ExecuteAsync(
        $"INSERT INTO audit_entry ({Columns}) VALUES (@sequence, @at, @kind, @subject, @name, @client, @action, @plan, @from, @to, @details, @previous, @hash)",
        ("sequence", entry.Sequence),
        ("at", entry.At.ToUnixTimeMilliseconds()),
        ("kind", WireNames.Of(entry.Actor.Kind)),
        ("subject", entry.Actor.Subject),
        ("name", entry.Actor.Name),
        ("client", entry.Actor.Client),
        ("action", entry.Action),
        ("plan", entry.Plan.Value),
        ("from", entry.From?.ToString()),
        ("to", entry.To?.ToString()),
        ("details", entry.Details),
        ("previous", entry.PreviousHash),
        ("hash", entry.Hash));
}
