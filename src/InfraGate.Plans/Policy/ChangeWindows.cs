using System.Globalization;

namespace InfraGate.Plans.Policy;

/// <summary>
/// Whether the change windows are open at an instant. A deny window beats every allow window; where there is an allow window, one must be open. A window starts at its time of day in its
/// time zone and lasts its length in elapsed time: one of 8 h at 22:00 ends at 05:00 or 07:00 in the two nights of the year in which the clock is moved. A start that the clock
/// jumps over is the instant of the jump; one that comes twice is the first.
/// </summary>
public static class ChangeWindows
{
    private const int MaximumDays = 7;

    /// <summary>Why changes are refused at an instant, in a sentence; null when they are not.</summary>
    public static string? RefusalAt(IReadOnlyList<ChangeWindow> windows, DateTimeOffset instant)
    {
        ArgumentNullException.ThrowIfNull(windows);
        foreach (var window in windows.Where(window => window.Kind == WindowKind.Deny))
        {
            if (EndOfOpenSpan(window, instant) is { } end)
            {
                return $"The change window '{window.Name}' refuses changes until {Local(end, window)}.";
            }
        }

        var allowing = windows.Where(window => window.Kind == WindowKind.Allow).ToList();
        if (allowing.Count == 0 || allowing.Any(window => EndOfOpenSpan(window, instant) is not null))
        {
            return null;
        }

        var (next, opens) = allowing.Select(window => (Window: window, Opens: NextStart(window, instant))).MinBy(candidate => candidate.Opens);
        return $"Changes are allowed only within a change window; the next one, '{next.Name}', opens at {Local(opens, next)}.";
    }

    /// <summary>When the span that holds the instant ends (the latest, where several do); null when none holds it.</summary>
    internal static DateTimeOffset? EndOfOpenSpan(ChangeWindow window, DateTimeOffset instant)
    {
        DateTimeOffset? latest = null;
        foreach (var start in StartsAround(window, instant, -MaximumDays - 1, 1))
        {
            var end = start + window.Length;
            if (start <= instant && instant < end && (latest is null || end > latest))
            {
                latest = end;
            }
        }

        return latest;
    }

    private static DateTimeOffset NextStart(ChangeWindow window, DateTimeOffset instant) => StartsAround(window, instant, 0, MaximumDays + 1).First(start => start > instant);

    private static IEnumerable<DateTimeOffset> StartsAround(ChangeWindow window, DateTimeOffset instant, int firstDay, int lastDay)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(window.TimeZone);
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime);
        for (var day = firstDay; day <= lastDay; day++)
        {
            var date = today.AddDays(day);
            if (window.Days.Count == 0 || window.Days.Contains(date.DayOfWeek))
            {
                yield return StartOn(date, window.Start, zone);
            }
        }
    }

    private static DateTimeOffset StartOn(DateOnly date, TimeOnly time, TimeZoneInfo zone)
    {
        var local = date.ToDateTime(time, DateTimeKind.Unspecified);
        while (zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(1);
        }

        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset);
    }

    private static string Local(DateTimeOffset instant, ChangeWindow window) =>
        TimeZoneInfo.ConvertTime(instant, TimeZoneInfo.FindSystemTimeZoneById(window.TimeZone)).ToString("ddd yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) + " " + window.TimeZone;
}
