using System.Text;

namespace InfraGate.Bench.Soak;

/// <summary>What a soak found.</summary>
internal sealed record SoakReport(
    TimeSpan Time,
    IReadOnlyDictionary<string, int> Faults,
    TimeSpan SlowestRecovery,
    IReadOnlyDictionary<string, int> Answers,
    IReadOnlyDictionary<string, int> ErrorsByFault,
    IReadOnlyList<string> Uncoded,
    IReadOnlyDictionary<string, int> Plans,
    IReadOnlyList<SoakCheck> Checks,
    IReadOnlyList<ResourceSample> Resources)
{
    /// <summary>As Markdown.</summary>
    public string ToMarkdown()
    {
        var text = new StringBuilder();
        text.AppendLine($"# Soak of {Time.TotalMinutes:0.#} minutes").AppendLine();
        text.AppendLine($"- faults: {Join(Faults)}; slowest readiness after one: {SlowestRecovery.TotalSeconds:0.0} s");
        text.AppendLine($"- plans: {Join(Plans)}");
        text.AppendLine($"- answers: {Join(Answers.OrderByDescending(pair => pair.Value))}");
        text.AppendLine($"- of these while something was broken: {Join(ErrorsByFault.OrderBy(pair => pair.Key, StringComparer.Ordinal))}").AppendLine();
        text.AppendLine("| promise | found | |").AppendLine("|---|---|---|");
        foreach (var check in Checks)
            text.AppendLine($"| {check.Promise} | {check.Found} | {Word(check.Holds)} |");
        text.AppendLine();
        foreach (var answer in Uncoded)
            text.AppendLine($"- without a code: `{answer.ReplaceLineEndings(" ")}`");
        return text.ToString();
    }

    private static string Join(IEnumerable<KeyValuePair<string, int>> counts) => string.Join(", ", counts.Select(pair => $"{pair.Key} {pair.Value}"));

    private static string Word(bool? holds) => holds switch { true => "holds", false => "**broken**", null => "too short to say" };
}
