using System.Text;
using InfraGate.Bench.Load;
using InfraGate.Bench.Pages;
using InfraGate.Bench.Scaling;

namespace InfraGate.Bench.Reporting;

/// <summary>A run as Markdown: surroundings, targets, tables.</summary>
internal static class MarkdownReport
{
    /// <summary>Writes it.</summary>
    public static string Write(Measurements measured)
    {
        var text = new StringBuilder();
        AddSurroundings(text, measured.Surroundings);
        AddTargets(text, measured);
        text.AppendLine("## Under load").AppendLine();
        foreach (var scenario in measured.Results.GroupBy(result => result.Scenario))
            AddScenario(text, scenario.Key, [.. scenario]);
        text.AppendLine("## As things grow").AppendLine();
        foreach (var series in measured.Series.GroupBy(point => point.Series))
            AddSeries(text, series.Key, [.. series]);
        AddVisits(text, measured.Visits);
        return text.ToString();
    }

    private static void AddSurroundings(StringBuilder text, Surroundings at)
    {
        text.AppendLine("# InfraGate, measured").AppendLine();
        if (at.Plan.Caution is { } caution)
            text.AppendLine($"**{caution}**").AppendLine();
        text.AppendLine($"- {at.At:yyyy-MM-dd HH:mm} UTC, commit {at.Commit}, {at.Build}, load average before the run {at.LoadBefore}");
        text.AppendLine($"- {at.Processor}, {at.Cores} processors, {at.MemoryGiB:0.#} GiB, {at.System}, {at.Runtime}");
        text.AppendLine($"- {at.Kubernetes}; ordinary namespace: {Describe(at.Plan.Medium)}; large namespace: {Describe(at.Plan.Large)}");
        text.AppendLine($"- peer: {at.Peer}");
        text.AppendLine("- InfraGate: authentication, guardrails, audit and durable storage on; only the limit of calls a minute is lifted, because one person asks for all workers");
        text.AppendLine($"- each run: {at.Plan.WarmUp.TotalSeconds:0.#} s warm-up, {at.Plan.Duration.TotalSeconds:0.#} s measured, closed loop; the load generator shares the processors").AppendLine();
    }

    private static string Describe(NamespaceSize size) => $"{size.Deployments} Deployments, {size.Pods} Pods";

    private static void AddTargets(StringBuilder text, Measurements measured)
    {
        text.AppendLine("## Targets").AppendLine().AppendLine("| # | target | measured | |").AppendLine("|--:|---|---|---|");
        foreach (var target in measured.Targets)
            text.AppendLine($"| {target.Number} | {target.Text} | {target.Measured} | {Word(target.IsMet)} |");
        text.AppendLine();
        text.AppendLine($"Starts: {string.Join(", ", measured.StartSeconds.Select(seconds => $"{seconds:0.00} s"))}. Slowest hostile text: {measured.Scan.SlowestHostileMegabytesPerSecond:0.#} MB/s.").AppendLine();
    }

    /// <summary>A verdict in a word.</summary>
    public static string Word(bool? isMet) => isMet switch { true => "met", false => "**missed**", null => "–" };

    private static void AddScenario(StringBuilder text, string name, IReadOnlyList<LoadResult> results)
    {
        text.AppendLine($"### {name}").AppendLine();
        text.AppendLine("| who | workers | answers/s | p50 ms | p95 ms | p99 ms | calls | errors | bytes | CPU s per 1,000 calls | memory MiB |");
        text.AppendLine("|---|--:|--:|--:|--:|--:|--:|--:|--:|---|---|");
        foreach (var result in results)
        {
            text.AppendLine(
                $"| {result.Subject} | {result.Workers} | {result.PerSecond:0.#} | {result.P50:0.00} | {result.P95:0.00} | {result.P99:0.00} | {result.Calls} | {result.Errors} "
                + $"| {result.BytesPerAnswer} | {Join(result.CpuSecondsPerThousand, "0.00")} | {Join(result.ResidentMiB, "0")} |");
        }
        text.AppendLine();
        foreach (var failed in results.Where(result => result.FirstError is not null))
            text.AppendLine($"First error of {failed.Subject} at {failed.Workers}: `{failed.FirstError!.ReplaceLineEndings(" ")}`").AppendLine();
    }

    private static void AddVisits(StringBuilder text, IReadOnlyList<Visit> visits)
    {
        text.AppendLine("## A plan with 500 changed lines in Chromium").AppendLine();
        text.AppendLine("| visit | answer begins ms | answer ends ms | first contentful paint ms |").AppendLine("|---|--:|--:|--:|");
        foreach (var visit in visits)
            text.AppendLine($"| {(visit.IsFirst ? "first after a start" : "later")} | {visit.Times.AnswerBegins:0} | {visit.Times.AnswerEnds:0} | {visit.Times.Paint:0} |");
        text.AppendLine();
    }

    private static string Join(IReadOnlyDictionary<string, double> values, string format) =>
        string.Join(", ", values.Select(pair => $"{pair.Key} {pair.Value.ToString(format, System.Globalization.CultureInfo.InvariantCulture)}"));

    private static void AddSeries(StringBuilder text, string name, IReadOnlyList<SeriesPoint> points)
    {
        var columns = points[0].Values.Keys.ToList();
        text.AppendLine($"| {name} | {string.Join(" | ", columns)} |");
        text.AppendLine($"|--:|{string.Concat(columns.Select(_ => "--:|"))}");
        foreach (var point in points)
            text.AppendLine($"| {point.Size} | {string.Join(" | ", columns.Select(column => $"{point.Values[column]:0.##}"))} |");
        text.AppendLine();
    }
}
