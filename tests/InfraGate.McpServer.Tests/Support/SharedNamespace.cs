using System.Collections.Concurrent;
using InfraGate.RealParts.Clusters;

namespace InfraGate.McpServer.Tests.Support;

/// <summary>One namespace with the demo workload for all tests of a cluster that change nothing in it.</summary>
internal static class SharedNamespace
{
    private static readonly ConcurrentDictionary<IClusterUnderTest, Lazy<Task<string>>> Namespaces = new();

    public static Task<string> GetAsync(IClusterUnderTest cluster) =>
        Namespaces.GetOrAdd(cluster, static found => new Lazy<Task<string>>(() => found.NewNamespaceAsync("untouched"))).Value;
}
