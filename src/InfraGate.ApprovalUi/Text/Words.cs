using System.Globalization;
using InfraGate.Plans;
using InfraGate.Plans.Findings;
using InfraGate.Plans.Lifecycle;

namespace InfraGate.ApprovalUi.Text;

/// <summary>How the pages name things.</summary>
internal static class Words
{
    /// <summary>A status in a word or two.</summary>
    public static string Of(PlanStatus status) => status switch
    {
        PlanStatus.Pending => "Waiting for approval",
        PlanStatus.Approved => "Approved",
        PlanStatus.Applying => "Being applied",
        PlanStatus.Applied => "Applied",
        PlanStatus.Failed => "Failed",
        PlanStatus.Denied => "Denied",
        PlanStatus.Expired => "Expired",
        PlanStatus.Cancelled => "Withdrawn",
        PlanStatus.Stale => "Stale",
        _ => status.ToString(),
    };

    /// <summary>A severity as a label.</summary>
    public static string Of(FindingSeverity severity) => severity switch
    {
        FindingSeverity.Acknowledge => "Needs your tick",
        FindingSeverity.Warn => "Warning",
        FindingSeverity.Block => "Blocked",
        _ => "Note",
    };

    /// <summary>The lower-case name of a status or severity, used as a CSS class.</summary>
    public static string Css<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    /// <summary>What happens to a target.</summary>
    public static string Of(TargetChange change) => change switch
    {
        TargetChange.Create => "will be created",
        TargetChange.Update => "will be changed",
        TargetChange.Delete => "will be deleted",
        _ => "stays as it is",
    };

    /// <summary>A span in its two largest units, for example <c>1 h 5 min</c>.</summary>
    public static string Of(TimeSpan span)
    {
        var whole = span.Duration();
        return whole switch
        {
            { TotalDays: >= 1 } => $"{(int)whole.TotalDays} d {whole.Hours} h",
            { TotalHours: >= 1 } => $"{whole.Hours} h {whole.Minutes} min",
            { TotalMinutes: >= 1 } => $"{whole.Minutes} min",
            _ => $"{Math.Max(0, whole.Seconds)} s",
        };
    }

    /// <summary>An instant for people, in UTC.</summary>
    public static string Of(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>An instant for machines.</summary>
    public static string Machine(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
