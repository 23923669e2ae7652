using System.Collections.Concurrent;
using InfraGate.McpServer.Kubernetes;

namespace InfraGate.McpServer.Planning;

/// <summary>
/// Remembers for some minutes in which version a cluster serves a kind, so that it is asked for in that one first. Only the order changes: whoever reads goes on to the other versions as ever.
/// </summary>
internal sealed class ServedVersions(TimeProvider time)
{
    /// <summary>A cluster that was upgraded is asked in its newest version again.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<(string Cluster, string Plural), Served> _served = new();

    /// <summary>The versions, newest first, except that one which answered lately comes before all.</summary>
    public IEnumerable<ApiResource> InOrder(string cluster, IReadOnlyList<ApiResource> versions) =>
        _served.TryGetValue((cluster, versions[0].Plural), out var served) && time.GetUtcNow() - served.Since < Remembered
            ? versions.OrderByDescending(version => version == served.Version)
            : versions;

    /// <summary>Notes that a version answered.</summary>
    public void Answered(string cluster, ApiResource version) =>
        _served.AddOrUpdate(
            (cluster, version.Plural),
            static (_, now) => now,
            (_, before, now) => before.Version == now.Version && now.Since - before.Since < Remembered ? before : now,
            new Served(version, time.GetUtcNow()));

    private sealed record Served(ApiResource Version, DateTimeOffset Since);
}
