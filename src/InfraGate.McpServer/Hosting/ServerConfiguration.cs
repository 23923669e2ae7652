using InfraGate.McpServer.Kubernetes.Config;

namespace InfraGate.McpServer.Hosting;

/// <summary>Options and cluster connections, valid together.</summary>
internal sealed record ServerConfiguration(ServerOptions Options, IReadOnlyList<ClusterConnection> Connections)
{
    /// <param name="environment">Looks a variable up; null when it is not set.</param>
    /// <param name="parentProcessId">This process's parent, to compare with the gateway's claim; null where it cannot be known.</param>
    /// <exception cref="ConfigurationException">Anything is wrong; all mistakes are listed.</exception>
    public static ServerConfiguration Load(Func<string, string?> environment, int? parentProcessId, TimeProvider time)
    {
        var mistakes = new List<string>();
        var options = ServerOptionsReader.Read(environment, parentProcessId, mistakes);
        var connections = ConnectionCatalog.Build(options, environment, time, mistakes);
        return mistakes.Count == 0 ? new ServerConfiguration(options, connections) : throw new ConfigurationException(mistakes);
    }
}
