using System.Collections.Concurrent;

namespace InfraGate.McpGateway.Guardrails;

/// <summary>
/// Property names in which nothing was found. Whether a name is clean depends on nothing but the name, so the answer keeps. Bounded in number and length: a workload that makes up
/// names without end fills it once, and its names are read each time as before.
/// </summary>
internal sealed class CleanNames
{
    private const int Most = 1_024;
    private const int LongestName = 64;

    private readonly ConcurrentDictionary<string, bool> _names = new(StringComparer.Ordinal);
    private int _count;

    /// <summary>Whether the name is known to be clean.</summary>
    public bool Holds(string name) => _names.ContainsKey(name);

    /// <summary>Remembers a name in which nothing was found, as long as there is room.</summary>
    public void Add(string name)
    {
        if (name.Length <= LongestName && Volatile.Read(ref _count) < Most && _names.TryAdd(name, true))
        {
            Interlocked.Increment(ref _count);
        }
    }
}
