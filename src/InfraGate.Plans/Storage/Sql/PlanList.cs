using InfraGate.Plans.Findings;
using InfraGate.Plans.Lifecycle;

namespace InfraGate.Plans.Storage.Sql;

/// <summary>Lists of plans. One statement a page: a short walk along an index for each status, merged.</summary>
internal static class PlanList
{
    private const int MaximumText = 100;

    private const string Columns =
        "id, status, operation, cluster, namespace, summary, targets, risk, requester_subject, requester_name, requester_client, requester_client_name, created_at, expires_at, status_changed_at, list_rank, list_time";

    /// <summary>One page.</summary>
    public static async Task<PlanPage> ReadAsync(SqlSession session, PlanQuery query)
    {
        var (sql, arguments) = Build(query);
        var rows = await session.AllAsync(sql, Map, arguments);
        var more = rows.Count > query.Limit;
        var shown = rows.Take(query.Limit).ToList();
        return new PlanPage([.. shown.Select(row => row.Summary)], more ? shown[^1].Order.ToString() : null);
    }

    /// <summary>The statement of a page, which asks for one row more than the page holds, and its arguments.</summary>
    internal static (string Sql, (string Name, object? Value)[] Arguments) Build(PlanQuery query)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1, nameof(query));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, PlanQuery.MaximumPage, nameof(query));
        var arguments = new List<(string, object?)> { ("limit", query.Limit + 1) };
        var filter = Filter(query, arguments);
        var statuses = query.Statuses.Count == 0 ? Enum.GetValues<PlanStatus>() : query.Statuses.Distinct();
        var walks = statuses.Select(status =>
            $"SELECT * FROM (SELECT {Columns} FROM plan WHERE status = '{status}'{filter} ORDER BY list_rank, list_time, id LIMIT @limit) AS of_{status}");
        return ($"{string.Join(" UNION ALL ", walks)} ORDER BY list_rank, list_time, id LIMIT @limit", [.. arguments]);
    }

    private static string Filter(PlanQuery query, List<(string, object?)> arguments)
    {
        var filter = string.Empty;
        Add(query.Namespace, " AND namespace = @namespace", "namespace");
        Add(query.RequesterSubject, " AND requester_subject = @requester", "requester");
        Add(query.Operation?.ToName(), " AND operation = @operation", "operation");
        if (!string.IsNullOrEmpty(query.Text))
        {
            var text = query.Text.Length > MaximumText ? query.Text[..MaximumText] : query.Text;
            Add(Like.Containing(text), $" AND search_text LIKE @text {Like.Escape}", "text");
        }

        if (ListOrder.Parse(query.After) is { } after)
        {
            filter += " AND (list_rank, list_time, id) > (@afterRank, @afterTime, @afterId)";
            arguments.AddRange([("afterRank", after.Rank), ("afterTime", after.Time), ("afterId", after.Id)]);
        }

        return filter;

        void Add(string? value, string condition, string name)
        {
            if (value is not null)
            {
                filter += condition;
                arguments.Add((name, value));
            }
        }
    }

    private static (PlanSummary Summary, ListOrder Order) Map(SqlRow row)
    {
        var summary = new PlanSummary(
            PlanId.Parse(row.Text("id")),
            WireNames.Parse<PlanStatus>(row.Text("status")),
            WireNames.Parse<PlanOperation>(row.Text("operation")),
            row.Text("cluster"),
            row.Text("namespace"),
            row.Text("summary"),
            row.Text("targets"),
            row.NumberOrNull("risk") is { } risk ? (FindingSeverity)risk : null,
            new Requester(row.Text("requester_subject"), row.Text("requester_name"), row.Text("requester_client"), row.TextOrNull("requester_client_name")),
            row.Time("created_at"),
            row.Time("expires_at"),
            row.Time("status_changed_at"));
        return (summary, new ListOrder(row.Number("list_rank"), row.Number("list_time"), row.Text("id")));
    }
}
