namespace InfraGate.McpServer.Kubernetes.Config;

/// <summary>One or several kubeconfig files as kubectl merges them: the first file to say something wins.</summary>
/// <remarks>https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/</remarks>
internal sealed record Kubeconfig
{
    public required string? CurrentContext { get; init; }

    public required IReadOnlyDictionary<string, ContextEntry> Contexts { get; init; }

    public required IReadOnlyDictionary<string, ClusterEntry> Clusters { get; init; }

    public required IReadOnlyDictionary<string, UserEntry> Users { get; init; }
}

internal sealed record ContextEntry(string? Cluster, string? User);

/// <summary>A <c>clusters[]</c> entry; file paths are absolute.</summary>
internal sealed record ClusterEntry
{
    public required string? Server { get; init; }

    public string? TlsServerName { get; init; }

    public bool InsecureSkipTlsVerify { get; init; }

    public string? CertificateAuthority { get; init; }

    public string? CertificateAuthorityData { get; init; }

    public string? ProxyUrl { get; init; }
}

/// <summary>A <c>users[]</c> entry; file paths are absolute.</summary>
internal sealed record UserEntry
{
    public string? Token { get; init; }

    public string? TokenFile { get; init; }

    public string? ClientCertificate { get; init; }

    public string? ClientCertificateData { get; init; }

    public string? ClientKey { get; init; }

    public string? ClientKeyData { get; init; }

    public string? Username { get; init; }

    public string? Password { get; init; }

    public string? ImpersonateUser { get; init; }

    public IReadOnlyList<string> ImpersonateGroups { get; init; } = [];

    public ExecEntry? Exec { get; init; }

    /// <summary>The name of an <c>auth-provider</c>, which Kubernetes 1.26 removed.</summary>
    public string? AuthProvider { get; init; }
}

/// <summary>A credential plugin (client.authentication.k8s.io).</summary>
internal sealed record ExecEntry
{
    public required string ApiVersion { get; init; }

    /// <summary>Absolute when it was written with a folder; else a name to look up in PATH.</summary>
    public required string Command { get; init; }

    public IReadOnlyList<string> Arguments { get; init; } = [];

    public IReadOnlyList<KeyValuePair<string, string>> Environment { get; init; } = [];

    public bool ProvideClusterInfo { get; init; }

    public bool AlwaysInteractive { get; init; }
}
