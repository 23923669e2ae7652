using InfraGate.McpServer.Kubernetes;
using InfraGate.McpServer.Kubernetes.Http;
using InfraGate.McpServer.Tools;
using Microsoft.Extensions.Logging;

namespace InfraGate.McpServer.Hosting;

/// <summary>Puts the server together from its options.</summary>
internal sealed class ServerComposition : IDisposable
{
    private readonly List<ClusterTransport> _transports;
    private readonly ChangeComposition _changes;

    private ServerComposition(List<ClusterTransport> transports, ChangeComposition changes, ToolDispatcher dispatcher)
    {
        _transports = transports;
        _changes = changes;
        Dispatcher = dispatcher;
    }

    public ToolDispatcher Dispatcher { get; }

    /// <exception cref="ConfigurationException">The policy file or the plan store's address cannot be used.</exception>
    public static ServerComposition Create(ServerConfiguration configuration, ILoggerFactory loggers, TimeProvider time)
    {
        var (options, connections) = configuration;
        var transports = connections.Select(connection => new ClusterTransport(connection, time, loggers.CreateLogger<ClusterTransport>())).ToList();
        var access = new ClusterAccess([.. transports.Zip(options.Clusters, (transport, cluster) => new AllowedTransport(transport, cluster.Namespaces))], options.Impersonate);
        var clusterNames = options.NamesClusters ? connections.Select(connection => connection.Name).ToList() : null;
        var changes = ChangeComposition.Create(options, access, loggers, time);
        var dispatcher = new ToolDispatcher(
            [.. ReadTools.Create(access, time), .. changes.Tools], changes.InternalTools, new CallerReader(options.Gateway), access, clusterNames, loggers.CreateLogger<ToolDispatcher>());
        return new ServerComposition(transports, changes, dispatcher);
    }

    /// <summary>Recovers plans that a process before this one left half-way, now and from time to time.</summary>
    public void StartRecovery() => _changes.StartRecovery();

    /// <summary>Lets what is being carried out come to its end, for a bounded time.</summary>
    public Task DrainAsync() => _changes.DrainAsync();

    public void Dispose()
    {
        _changes.Dispose();
        foreach (var transport in _transports)
        {
            transport.Dispose();
        }
    }
}
