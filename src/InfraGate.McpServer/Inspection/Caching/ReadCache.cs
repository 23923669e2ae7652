using System.Collections.Concurrent;
using InfraGate.McpServer.Kubernetes;
using InfraGate.McpServer.Kubernetes.Watching;
using Microsoft.Extensions.Logging;

namespace InfraGate.McpServer.Inspection.Caching;

/// <summary>
/// What the two tools that agents call most read from memory: the allowlisted namespaces that somebody reads, kept in step by watches. Only those tools are
/// given it; planning, applying, recovery, diagnostics, events and logs have no way to it and read live.
/// </summary>
/// <remarks>It reads as the server itself, so it must not exist where calls run as their callers.</remarks>
internal sealed class ReadCache(FeedOptions options, TimeProvider time, ILogger<ReadCache> logger) : IVersionWitness, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<(string Cluster, string Namespace), Lazy<CachedNamespace>> _namespaces = new();

    /// <summary>The namespace that a client was opened for, which is thereby allowed.</summary>
    public CachedNamespace Of(NamespaceClient client) => _namespaces.GetOrAdd(
        (client.Cluster, client.Namespace),
        static (_, state) => new Lazy<CachedNamespace>(() => state.Cache.Create(state.Client)),
        (Cache: this, Client: client)).Value;

    public void Saw(CollectionKey collection, string? resourceVersion) => Find(collection)?.Raise(resourceVersion);

    public void Deleted(CollectionKey collection, string name) => Find(collection)?.ExpectDeletion(name);

    public void Doubts(CollectionKey collection) => Find(collection)?.Doubt();

    /// <summary>Ends all watches.</summary>
    public void Dispose()
    {
        _stopping.Cancel();
        _stopping.Dispose();
    }

    private CachedNamespace Create(NamespaceClient client) => new(new NamespaceFeeds(client, options, time, logger, _stopping.Token));

    private IFeed? Find(CollectionKey collection) =>
        _namespaces.TryGetValue((collection.Cluster, collection.Namespace), out var found) ? found.Value.Feeds.Of(collection.Resource) : null;
}
