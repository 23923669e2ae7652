using System.Security.Cryptography;
using InfraGate.McpServer.Hosting;

namespace InfraGate.McpServer.Kubernetes.Config;

/// <summary>Finds the connections of the configured clusters: the files of <c>KUBECONFIG</c>, else <c>~/.kube/config</c>, else the Pod's own cluster.</summary>
internal static class ConnectionCatalog
{
    /// <returns>One connection for each of <see cref="ServerOptions.Clusters"/>, in their order.</returns>
    /// <param name="mistakes">Takes what is wrong with any of them.</param>
    public static IReadOnlyList<ClusterConnection> Build(ServerOptions options, Func<string, string?> environment, TimeProvider time, List<string> mistakes)
    {
        try
        {
            return BuildAll(options, environment, time, mistakes);
        }
        catch (Exception exception) when (exception is KubeconfigException or IOException or CryptographicException)
        {
            mistakes.Add(exception.Message);
            return [];
        }
    }

    private static List<ClusterConnection> BuildAll(ServerOptions options, Func<string, string?> environment, TimeProvider time, List<string> mistakes)
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
        var connections = new List<ClusterConnection>();
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

        return connections;
    }
}
