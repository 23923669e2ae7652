using System.Security.Cryptography.X509Certificates;
using InfraGate.McpServer.Kubernetes.Credentials;

namespace InfraGate.McpServer.Kubernetes.Config;

/// <summary>How to reach one cluster and what to present there.</summary>
internal sealed record ClusterConnection
{
    /// <summary>The context's name, or <c>in-cluster</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The API server, with a trailing slash.</summary>
    public required Uri Server { get; init; }

    /// <summary>The only roots to trust; null for the machine's own.</summary>
    public X509Certificate2Collection? Authorities { get; init; }

    public string? TlsServerName { get; init; }

    public bool SkipTlsVerify { get; init; }

    public Uri? Proxy { get; init; }

    public required IClusterCredential Credential { get; init; }

    /// <summary>A fixed impersonation of the kubeconfig (<c>as</c>, <c>as-groups</c>); the caller's own takes its place when that is switched on.</summary>
    public Impersonation? Impersonation { get; init; }
}
