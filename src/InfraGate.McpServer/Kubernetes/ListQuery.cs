using System.Globalization;
using System.Text;

namespace InfraGate.McpServer.Kubernetes;

/// <summary>What to list, in pages of <see cref="PageSize"/> objects.</summary>
internal sealed record ListQuery
{
    public static ListQuery All { get; } = new();

    public string? LabelSelector { get; init; }

    public string? FieldSelector { get; init; }

    public int PageSize { get; init; } = 500;

    /// <summary>Stop after so many objects; the listing then says that it is incomplete.</summary>
    public int MaxItems { get; init; } = 50_000;

    public string ToQueryString(string? continueToken)
    {
        var query = new StringBuilder("?limit=").Append(PageSize.ToString(CultureInfo.InvariantCulture));
        Append(query, "labelSelector", LabelSelector);
        Append(query, "fieldSelector", FieldSelector);
        Append(query, "continue", continueToken);
        return query.ToString();
    }

    private static void Append(StringBuilder query, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            query.Append('&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        }
    }
}
