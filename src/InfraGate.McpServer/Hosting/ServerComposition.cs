using InfraGate.McpServer.Kubernetes;
using InfraGate.McpServer.Kubernetes.Http;
using InfraGate.McpServer.Tools;
using Microsoft.Extensions.Logging;

namespace InfraGate.McpServer.Hosting;

/// <summary>Puts the server together from its options.</summary>
internal sealed class ServerComposition : IDisposable
{
    private readonly List<ClusterTransport> _transports;

    private ServerComposition(List<ClusterTransport> transports, ToolDispatcher dispatcher)
    {
        _transports = transports;
        Dispatcher = dispatcher;
    }

    public ToolDispatcher Dispatcher { get; }

    public static ServerComposition Create(ServerConfiguration configuration, ILoggerFactory loggers, TimeProvider time)
    {
        var (options, connections) = configuration;
        var transports = connections.Select(connection => new ClusterTransport(connection, time, loggers.CreateLogger<ClusterTransport>())).ToList();
        var access = new ClusterAccess([.. transports.Zip(options.Clusters, (transport, cluster) => new AllowedTransport(transport, cluster.Namespaces))], options.Impersonate);
        var clusterNames = options.NamesClusters ? connections.Select(connection => connection.Name).ToList() : null;
        var dispatcher = new ToolDispatcher(
            ReadTools.Create(access, time), new CallerReader(options.Gateway), access, clusterNames, loggers.CreateLogger<ToolDispatcher>());
        return new ServerComposition(transports, dispatcher);
    }

    public void Dispose()
    {
        foreach (var transport in _transports)
        {
            transport.Dispose();
        }
    }
}
