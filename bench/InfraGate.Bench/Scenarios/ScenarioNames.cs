using InfraGate.Bench.Pages;
using InfraGate.Bench.Scaling;

namespace InfraGate.Bench.Scenarios;

/// <summary>The questions, as tables and targets name them.</summary>
internal static class ScenarioNames
{
    public const string ToolList = "tools/list";
    public const string OneObject = "one Deployment";
    public const string Status = "status of the ordinary namespace";
    public const string LargeStatus = "status of the large namespace";
    public const string Plan = "plan another image";
    public const string Apply = "apply an approved plan";
    public const string Starts = "starts";
    public const string Guardrail = "guardrail";

    private static readonly Dictionary<string, string> s_onCommandLine = new(StringComparer.Ordinal)
    {
        ["tools-list"] = ToolList,
        ["one-object"] = OneObject,
        ["status"] = Status,
        ["large-status"] = LargeStatus,
        ["plan"] = Plan,
        ["apply"] = Apply,
        ["sessions"] = SessionSeries.Name,
        ["pods"] = PodSeries.Name,
        ["plans"] = PlanSeries.Name,
        ["audit"] = AuditSeries.Name,
        ["starts"] = Starts,
        ["first-paint"] = FirstPaint.Name,
        ["guardrail"] = Guardrail,
    };

    /// <summary>The questions that a command line names, separated by commas; null when it names one that there is not.</summary>
    public static IReadOnlySet<string>? Parse(string names)
    {
        var words = names.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return words.Length > 0 && words.All(s_onCommandLine.ContainsKey) ? words.Select(word => s_onCommandLine[word]).ToHashSet(StringComparer.Ordinal) : null;
    }
}
