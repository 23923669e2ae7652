using System.Text.Json;
using InfraGate.Plans.Approval;
using InfraGate.Plans.Audit;

namespace InfraGate.Plans.Storage.Sql;

/// <summary>What approvers said, numbered from 0 for each plan.</summary>
internal static class DecisionTable
{
    /// <summary>The decisions on a plan, oldest first.</summary>
    public static Task<List<Decision>> ReadAsync(SqlSession session, PlanId plan) => session.AllAsync(
        "SELECT subject, name, verdict, reason, acknowledged, approver_groups, decided_at, signature FROM decision WHERE plan_id = @plan ORDER BY number", Map, ("plan", plan.Value));

    /// <summary>Adds one.</summary>
    public static Task InsertAsync(SqlSession session, PlanId plan, int number, Decision decision) => session.ExecuteAsync(
        """
        INSERT INTO decision (plan_id, number, subject, name, verdict, reason, acknowledged, approver_groups, decided_at, signature)
        VALUES (@plan, @number, @subject, @name, @verdict, @reason, @acknowledged, @groups, @at, @signature)
        """,
        ("plan", plan.Value),
        ("number", number),
        ("subject", decision.Subject),
        ("name", decision.Name),
        ("verdict", WireNames.Of(decision.Verdict)),
        ("reason", decision.Reason),
        ("acknowledged", JsonSerializer.Serialize(decision.Acknowledged, WireNames.Json)),
        ("groups", JsonSerializer.Serialize(decision.Groups, WireNames.Json)),
        ("at", decision.At.ToUnixTimeMilliseconds()),
        ("signature", decision.Signature));

    /// <summary>Decisions as the trail must tell them.</summary>
    public static string Words(IEnumerable<Decision> decisions) => string.Concat(decisions.Select(decision => PlanTrail.Word(
        decision.Subject,
        WireNames.Of(decision.Verdict),
        decision.Signature is { } signature ? AuditDetails.HashOf(signature) : null,
        decision.Groups)));

    /// <summary>A row as the trail must tell it, whatever is in it.</summary>
    public static string Word(SqlRow row) => PlanTrail.Word(
        row.Text("subject"),
        row.Text("verdict"),
        row.TextOrNull("signature") is { } signature ? AuditDetails.HashOf(signature) : null,
        GroupsOrNull(row));

    private static Decision Map(SqlRow row) => new(
        row.Text("subject"),
        row.Text("name"),
        WireNames.Parse<Verdict>(row.Text("verdict")),
        row.TextOrNull("reason"),
        Texts(row, "acknowledged"),
        row.Time("decided_at"))
    {
        Groups = Texts(row, "approver_groups"),
        Signature = row.TextOrNull("signature"),
    };

    private static List<string>? GroupsOrNull(SqlRow row)
    {
        try
        {
            return Texts(row, "approver_groups");
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static List<string> Texts(SqlRow row, string column) => JsonSerializer.Deserialize<List<string>>(row.Text(column), WireNames.Json) ?? [];
}
