using System.Globalization;
using InfraGate.Plans.Lifecycle;
using InfraGate.Plans.Storage;

namespace InfraGate.ApprovalUi.Pages;

/// <summary>How many plans wait for a decision under the inbox's filter, of which a page of the list shows only so many.</summary>
internal static class WaitingCount
{
    /// <summary>
    /// The number; with a plus sign where it is known only that there are as many; null when none is known to wait. The store counts all plans and not those of a filter, but lists the waiting
    /// ones first, so that a first page that also shows another one, or is the last one, has them all.
    /// </summary>
    /// <param name="filter">What the list is narrowed by.</param>
    /// <param name="page">The page of the list.</param>
    /// <param name="isFirst">Whether the page begins the list.</param>
    /// <param name="all">How many plans there are in each status.</param>
    public static string? Of(InboxFilter filter, PlanPage page, bool isFirst, IReadOnlyDictionary<PlanStatus, long> all)
    {
        var here = page.Plans.Count(plan => plan.Status == PlanStatus.Pending);
        if (filter.KeepsAllThatWait)
        {
            // What was made between the two readings stands on the page.
            return Number(Math.Max(all[PlanStatus.Pending], here));
        }

        var isWhole = isFirst && (page.Next is null || here < page.Plans.Count);
        return Number(here) is { } number && !isWhole ? number + "+" : Number(here);
    }

    private static string? Number(long count) => count == 0 ? null : count.ToString(CultureInfo.InvariantCulture);
}
