namespace InfraGate.McpServer.Inspection.Status;

/// <summary>Counts the Pods of one owner; of the troubled ones it keeps a few names.</summary>
internal sealed class PodGroup(string owner)
{
    public const int MaxOutliers = 3;
    private const int ManyRestarts = 5;
    private readonly SortedDictionary<string, int> _states = new(StringComparer.Ordinal);
    private readonly List<string> _outliers = [];
    private int _outlierCount;

    public string Owner => owner;

    public int Count { get; private set; }

    public int Ready { get; private set; }

    public void Add(PodMark pod)
    {
        var state = pod.State;
        Count++;
        Ready += state.Ready ? 1 : 0;
        _states[state.Word] = _states.GetValueOrDefault(state.Word) + 1;
        if ((!state.Ready && state.Word is not "Succeeded") || state.Restarts >= ManyRestarts)
        {
            NoteOutlier(pod);
        }
    }

    /// <summary>Like "3 Running, 1 CrashLoopBackOff".</summary>
    public string States => string.Join(", ", _states.OrderByDescending(state => state.Value).Select(state => $"{state.Value} {state.Key}"));

    public IReadOnlyList<string>? Outliers =>
        _outliers.Count == 0 ? null : _outlierCount == _outliers.Count ? _outliers : [.. _outliers, $"{_outlierCount - _outliers.Count} more"];

    private void NoteOutlier(PodMark pod)
    {
        _outlierCount++;
        if (_outliers.Count < MaxOutliers)
        {
            _outliers.Add($"{pod.Name} {pod.State.Word}{(pod.State.Restarts > 0 ? $" {pod.State.Restarts} restarts" : "")}");
        }
    }
}
