namespace InfraGate.McpServer.Inspection.Causes;

/// <summary>Orders causes and tells once what several Pods have in common.</summary>
internal static class CauseList
{
    private const int MaxObjects = 5;
    private const int MaxEvidence = 3;

    public static IReadOnlyList<Cause> Merge(IEnumerable<Cause> causes) =>
        [.. causes
            .GroupBy(cause => (cause.Name, cause.Detail))
            .Select(Merge)
            .OrderBy(cause => cause.Severity).ThenByDescending(cause => cause.Objects.Count)];

    /// <summary>The causes as answers show them.</summary>
    public static IReadOnlyList<CauseLine>? Show(IReadOnlyList<Cause> causes, int items) =>
        Bounded.OrNull(causes.Take(items).Select(CauseLine.Of).ToList());

    private static Cause Merge(IGrouping<(string Name, string Detail), Cause> same)
    {
        // What is trouble with one Pod may be history with another.
        var first = same.MinBy(cause => cause.Severity)!;
        var objects = same.SelectMany(cause => cause.Objects).Distinct(StringComparer.Ordinal).ToList();
        return first with
        {
            Objects = objects.Count <= MaxObjects ? objects : [.. objects.Take(MaxObjects), $"{objects.Count - MaxObjects} more"],
            Summary = objects.Count > 1 ? $"{objects.Count} Pods: {first.Summary}" : first.Summary,
            Evidence = [.. same.SelectMany(cause => cause.Evidence).Distinct(StringComparer.Ordinal).Take(MaxEvidence)],
        };
    }
}

/// <summary>A cause as answers show it.</summary>
internal sealed record CauseLine(string Cause, string Severity, IReadOnlyList<string> Objects, string Summary, IReadOnlyList<string> Evidence, string Next)
{
    private const int EvidenceLength = 240;

    public static CauseLine Of(Cause cause) => new(
        cause.Name,
        cause.Severity.ToString().ToLowerInvariant(),
        cause.Objects,
        Bounded.Text(cause.Summary, 400),
        [.. cause.Evidence.Select(evidence => Bounded.Text(evidence, EvidenceLength))],
        cause.Next);
}

/// <summary>The answer to "is it well?", before any detail.</summary>
/// <param name="Health">healthy, progressing, degraded, failing, paused or scaled-to-zero.</param>
internal sealed record Verdict(string Health, string Summary);
