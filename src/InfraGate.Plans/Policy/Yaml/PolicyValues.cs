using System.Globalization;
using System.Text.RegularExpressions;
using InfraGate.Plans.Findings;

namespace InfraGate.Plans.Policy.Yaml;

/// <summary>How single values are written in a policy file. Each reader gives null for what it cannot read.</summary>
internal static partial class PolicyValues
{
    public const string WholeNumberForm = "a whole number";
    public const string DurationForm = "a duration such as 90s, 30m, 8h, 1h30m or 2d";
    public const string TimeOfDayForm = "a time of day such as \"09:30\"";
    public const string ModeForm = "requester or four-eyes";
    public const string OperationForm = "apply, delete, scale, restart or set-image";
    public const string SeverityForm = "info, warn, acknowledge or block";
    public const string KindForm = "allow or deny";
    public const string DayForm = "a day such as monday";

    public static int? WholeNumber(string text) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static TimeSpan? Duration(string text)
    {
        var match = DurationPattern().Match(text);
        if (!match.Success || text.Length == 0)
        {
            return null;
        }

        return TimeSpan.FromDays(Part("d")) + TimeSpan.FromHours(Part("h")) + TimeSpan.FromMinutes(Part("m")) + TimeSpan.FromSeconds(Part("s"));

        int Part(string unit) => match.Groups[unit] is { Success: true } group ? int.Parse(group.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : 0;
    }

    public static TimeOnly? TimeOfDay(string text) =>
        TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;

    public static ApprovalMode? Mode(string text) => text switch
    {
        "requester" => ApprovalMode.Requester,
        "four-eyes" => ApprovalMode.FourEyes,
        _ => null,
    };

    public static PlanOperation? Operation(string text) => PlanOperationNames.TryParse(text, out var operation) ? operation : null;

    public static FindingSeverity? Severity(string text) => text switch
    {
        "info" => FindingSeverity.Info,
        "warn" => FindingSeverity.Warn,
        "acknowledge" => FindingSeverity.Acknowledge,
        "block" => FindingSeverity.Block,
        _ => null,
    };

    public static WindowKind? Kind(string text) => text switch
    {
        "allow" => WindowKind.Allow,
        "deny" => WindowKind.Deny,
        _ => null,
    };

    public static DayOfWeek? Day(string text)
    {
        var name = Enum.GetNames<DayOfWeek>().FirstOrDefault(day => day.Equals(text, StringComparison.OrdinalIgnoreCase));
        return name is null ? null : Enum.Parse<DayOfWeek>(name);
    }

    [GeneratedRegex("^(?:(?<d>[0-9]{1,3})d)?(?:(?<h>[0-9]{1,4})h)?(?:(?<m>[0-9]{1,5})m)?(?:(?<s>[0-9]{1,6})s)?\\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex DurationPattern();
}
