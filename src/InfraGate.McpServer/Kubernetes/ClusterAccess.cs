using InfraGate.McpServer.Hosting;
using InfraGate.McpServer.Kubernetes.Http;
using InfraGate.McpServer.Kubernetes.Models;
using InfraGate.McpServer.Kubernetes.Watching;
using InfraGate.McpServer.Tools;

namespace InfraGate.McpServer.Kubernetes;

/// <summary>
/// The one place that decides where a call may act. Every tool reaches the cluster through a <see cref="NamespaceClient"/> that was opened here, so no
/// listing, schema or tool can let a call into a namespace that is not allowed.
/// </summary>
internal sealed class ClusterAccess(IReadOnlyList<AllowedTransport> clusters, bool impersonate, IVersionWitness? witness = null)
{
    private const int NamesInHint = 20;

    /// <summary>The clusters and namespaces that this caller may use, in configured order.</summary>
    public IReadOnlyList<VisibleCluster> Visible(Caller caller) =>
        [.. clusters.Select(cluster => new VisibleCluster(cluster.Name, NamespacesFor(caller, cluster)))];

    /// <param name="clusterName">Null for the default, the first configured.</param>
    /// <exception cref="ToolException">The cluster or namespace is not allowed.</exception>
    /// <exception cref="KubernetesException">The caller cannot be impersonated.</exception>
    public NamespaceClient Open(Caller caller, string? clusterName, string ns)
    {
        var cluster = Find(clusterName);
        var allowed = NamespacesFor(caller, cluster);
        if (!allowed.Contains(ns, StringComparer.Ordinal))
        {
            var shown = string.Join(", ", allowed.Take(NamesInHint));
            throw new ToolException(
                ToolErrorCode.NamespaceNotAllowed,
                $"Namespace '{ns}' is not allowed{(clusters.Count > 1 ? $" in cluster '{cluster.Name}'" : "")}.",
                allowed.Count == 0 ? "This caller may use none; whoever runs InfraGate can allow one." : $"Use {(allowed.Count == 1 ? shown : $"one of {shown}")}; get_allowed_namespaces lists them.");
        }

        return new NamespaceClient(cluster.Transport, ns, impersonate ? Impersonation.Of(caller) : null, witness);
    }

    /// <summary>The version a cluster reports.</summary>
    /// <exception cref="KubernetesException">It could not be read.</exception>
    public Task<VersionInfo> GetVersionAsync(Caller caller, string clusterName, CancellationToken cancellationToken)
    {
        var request = ApiRequest.Get("version") with
        {
            Timeout = TimeSpan.FromSeconds(5),
            Impersonation = impersonate ? Impersonation.Of(caller) : null,
        };
        return Find(clusterName).Transport.SendAsync(
            request, static (answer, token) => NamespaceClient.ParseAsync(answer.Body, KubernetesJson.Default.VersionInfo, token), cancellationToken);
    }

    private AllowedTransport Find(string? name) =>
        name is null
            ? clusters[0]
            : clusters.FirstOrDefault(cluster => string.Equals(cluster.Name, name, StringComparison.Ordinal))
                ?? throw new ToolException(ToolErrorCode.InvalidArgument, $"Cluster '{name}' is not configured.", $"Use one of {string.Join(", ", clusters.Select(cluster => cluster.Name))}.");

    private static IReadOnlyList<string> NamespacesFor(Caller caller, AllowedTransport cluster) =>
        caller.Namespaces is { } narrowed ? [.. cluster.Namespaces.Intersect(narrowed, StringComparer.Ordinal)] : cluster.Namespaces;
}

/// <summary>A cluster's transport and the namespaces allowed in it.</summary>
internal sealed record AllowedTransport(ClusterTransport Transport, IReadOnlyList<string> Namespaces)
{
    public string Name => Transport.Connection.Name;
}

/// <summary>What a caller may use of a cluster.</summary>
internal sealed record VisibleCluster(string Name, IReadOnlyList<string> Namespaces);
