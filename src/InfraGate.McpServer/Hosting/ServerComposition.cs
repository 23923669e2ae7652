using InfraGate.McpServer.Inspection.Caching;
using InfraGate.McpServer.Kubernetes;
using InfraGate.McpServer.Kubernetes.Http;
using InfraGate.McpServer.Kubernetes.Watching;
using InfraGate.McpServer.Tools;
using Microsoft.Extensions.Logging;

namespace InfraGate.McpServer.Hosting;

/// <summary>Puts the server together from its options.</summary>
internal sealed class ServerComposition : IDisposable
{
    private readonly List<ClusterTransport> _transports;
    private readonly ChangeComposition _changes;
    private readonly ReadCache? _cache;

    private ServerComposition(List<ClusterTransport> transports, ReadCache? cache, ChangeComposition changes, ToolDispatcher dispatcher)
    {
        _transports = transports;
        _cache = cache;
        _changes = changes;
        Dispatcher = dispatcher;
    }

    public ToolDispatcher Dispatcher { get; }

    /// <exception cref="ConfigurationException">The policy file or the plan store's address cannot be used.</exception>
    public static ServerComposition Create(ServerConfiguration configuration, ILoggerFactory loggers, TimeProvider time)
    {
        var (options, connections) = configuration;
        var transports = connections.Select(connection => new ClusterTransport(connection, time, loggers.CreateLogger<ClusterTransport>())).ToList();
        // Under impersonation what may be read is the caller's to ask the API server, each time.
        var cache = options is { ReadCache: true, Impersonate: false } ? new ReadCache(new FeedOptions(), time, loggers.CreateLogger<ReadCache>()) : null;
        var access = new ClusterAccess([.. transports.Zip(options.Clusters, (transport, cluster) => new AllowedTransport(transport, cluster.Namespaces))], options.Impersonate, cache);
        var clusterNames = options.NamesClusters ? connections.Select(connection => connection.Name).ToList() : null;
        var changes = ChangeComposition.Create(options, access, loggers, time);
        var dispatcher = new ToolDispatcher(
            [.. ReadTools.Create(access, cache, time), .. changes.Tools], changes.InternalTools, new CallerReader(options.Gateway), access, clusterNames, loggers.CreateLogger<ToolDispatcher>());
        return new ServerComposition(transports, cache, changes, dispatcher);
    }

    /// <summary>Recovers plans that a process before this one left half-way, now and from time to time.</summary>
    public void StartRecovery() => _changes.StartRecovery();

    /// <summary>Lets what is being carried out come to its end, for a bounded time.</summary>
    public Task DrainAsync() => _changes.DrainAsync();

    public void Dispose()
    {
        _changes.Dispose();
        _cache?.Dispose();
        foreach (var transport in _transports)
        {
            transport.Dispose();
        }
    }
}
