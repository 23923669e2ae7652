using System.Security.Cryptography;
using InfraGate.McpServer.Hosting;

namespace InfraGate.McpServer.Kubernetes.Config;

/// <summary>Finds the connections of the configured clusters: the files of <c>KUBECONFIG</c>, else <c>~/.kube/config</c>, else the Pod's own cluster.</summary>
internal static class ConnectionCatalog
{
    /// <returns>One connection for each of <see cref="ServerOptions.Clusters"/>, in their order.</returns>
    /// <exception cref="ConfigurationException">Any of them cannot be built; all mistakes are listed.</exception>
    public static IReadOnlyList<ClusterConnection> Build(ServerOptions options, Func<string, string?> environment, TimeProvider time)
    {
        try
        {
            return BuildAll(options, environment, time);
        }
        catch (Exception exception) when (exception is KubeconfigException or IOException or CryptographicException)
        {
            throw new ConfigurationException([exception.Message]);
        }
    }

    private static List<ClusterConnection> BuildAll(ServerOptions options, Func<string, string?> environment, TimeProvider time)
    {
        var home = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".kube", "config");
        var inCluster = new InClusterConfig(environment, time);
        if (options.Kubeconfig.Count == 0 && !File.Exists(home) && inCluster.IsPresent && !options.NamesClusters)
        {
            return [inCluster.Build()];
        }

        if (options.Kubeconfig.Count == 0 && !File.Exists(home))
        {
            throw new KubeconfigException("There is no kubeconfig: set KUBECONFIG to one, e.g. .kube/mcp-nginx-demo.config (scripts/create-demo-kubeconfig.sh writes it).");
        }

        var builder = new ConnectionBuilder(KubeconfigLoader.Load(options.Kubeconfig.Count == 0 ? [home] : options.Kubeconfig), options.IsProduction, time);
        var (connections, mistakes) = (new List<ClusterConnection>(), new List<string>());
        foreach (var cluster in options.Clusters)
        {
            try
            {
                connections.Add(builder.Build(cluster.Context));
            }
            catch (KubeconfigException exception)
            {
                mistakes.Add(exception.Message);
            }
        }

        return mistakes.Count == 0 ? connections : throw new ConfigurationException(mistakes);
    }
}
