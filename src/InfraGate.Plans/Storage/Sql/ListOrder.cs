using System.Globalization;
using InfraGate.Plans.Findings;
using InfraGate.Plans.Lifecycle;

namespace InfraGate.Plans.Storage.Sql;

/// <summary>
/// A plan's place in lists: waiting ones first, the riskiest of them first, then the oldest; all others after them, newest first. Kept in two columns, so that a page is a walk along
/// an index and costs the same however many plans there are.
/// </summary>
internal readonly record struct ListOrder(long Rank, long Time, string Id)
{
    private const int RankOfSettled = 9;

    /// <summary>The place of a plan.</summary>
    public static ListOrder Of(PlanId id, PlanStatus status, FindingSeverity? risk, DateTimeOffset createdAt)
    {
        var created = createdAt.ToUnixTimeMilliseconds();
        return status == PlanStatus.Pending
            ? new ListOrder((int)FindingSeverity.Block - (risk is { } severity ? (int)severity : -1), created, id.Value)
            : new ListOrder(RankOfSettled, -created, id.Value);
    }

    /// <summary>The text that a page hands out as the position to continue after.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Rank}.{Time}.{Id}");

    /// <summary>Reads a position; null for anything that is none, which comes from an edited URL.</summary>
    public static ListOrder? Parse(string? text)
    {
        var parts = text?.Split('.') ?? [];
        return parts.Length == 3
            && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var rank)
            && long.TryParse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var time)
            && PlanId.TryParse(parts[2], out var id)
            ? new ListOrder(rank, time, id.Value)
            : null;
    }
}
