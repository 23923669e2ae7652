using System.Collections.Concurrent;
using System.Globalization;

namespace InfraGate.RealParts.Kubelet;

/// <summary>What simulated containers have logged: what a test has said, else what the Pod's annotations say, else a few lines of an access log.</summary>
public sealed class ContainerLogs
{
    private static readonly DateTime FirstLine = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly ConcurrentDictionary<(string Namespace, string Pod, string Container, bool Previous), IReadOnlyList<string>> _said = new();

    /// <summary>Sets a container's log, from now on.</summary>
    public void Set(string @namespace, string pod, string container, IReadOnlyList<string> lines, bool previous = false) =>
        _said[(@namespace, pod, container, previous)] = lines;

    internal IEnumerable<string> Read(string @namespace, string pod, string container, bool previous, PodScript script)
    {
        if (_said.TryGetValue((@namespace, pod, container, previous), out var said))
            return said;
        if ((previous ? script.PreviousLog : script.Log) is { } text)
            return text.TrimEnd('\n').Split('\n');
        return Enumerable.Range(1, script.LogLines ?? 20).Select(number => AccessLogLine(pod, number, previous));
    }

    /// <summary>The time that the kubelet noted for a line, for <c>timestamps=true</c>.</summary>
    internal static string TimestampOf(int lineNumber) =>
        FirstLine.AddSeconds(lineNumber).ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);

    private static string AccessLogLine(string pod, int number, bool previous) =>
        $"10.244.0.1 - - \"GET /?n={number} HTTP/1.1\" 200 615 \"-\" \"{pod}{(previous ? " (previous)" : "")}\"";
}
