using InfraGate.McpServer.Kubernetes;

namespace InfraGate.McpServer.Inspection;

/// <summary>Shortens what a cluster wrote, and says so in what it returns.</summary>
internal static class Bounded
{
    public const int MessageLength = 300;

    /// <summary>At most <paramref name="length"/> characters on one line; a cut ends in "..." and never goes through a credential.</summary>
    public static string Text(string? text, int length = MessageLength) =>
        ClusterText.Shorten((text ?? "").Trim(), length).ReplaceLineEndings(" ");

    /// <summary>At most so many names, each cut; where there are more, a last entry counts them.</summary>
    public static IReadOnlyList<string> Names(IEnumerable<string> names, int items)
    {
        var all = names.ToList();
        var shown = all.Take(items).Select(name => Text(name));
        return all.Count > items ? [.. shown, $"{all.Count - items} more"] : [.. shown];
    }

    /// <summary>Null for an empty list, so that it is left out of the answer.</summary>
    public static IReadOnlyList<T>? OrNull<T>(IReadOnlyList<T> items) => items.Count == 0 ? null : items;

    /// <summary>"1 Pod", "3 Pods".</summary>
    public static string Count(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";
}
