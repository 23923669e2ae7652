namespace InfraGate.McpServer.Hosting;

/// <summary>The server's configuration, bound from the environment once and valid as a whole.</summary>
internal sealed record ServerOptions
{
    /// <summary>Where plans, the embedded database and nothing secret live (<c>K8S_MCP_APPROVAL_ROOT</c>).</summary>
    public required string ApprovalRoot { get; init; }

    /// <summary>The clusters and their namespaces; the first is the default (<c>K8S_MCP_CONTEXTS</c>, <c>K8S_MCP_ALLOWED_NAMESPACES</c>).</summary>
    public required IReadOnlyList<AllowedCluster> Clusters { get; init; }

    /// <summary>Whether several clusters are configured, so that tools take <c>cluster</c>.</summary>
    public required bool NamesClusters { get; init; }

    /// <summary>Whether calls run as the caller's user and groups (<c>K8S_MCP_IMPERSONATE</c>).</summary>
    public required bool Impersonate { get; init; }

    /// <summary>Whether status and single objects may be answered from memory that a watch keeps in step (<c>K8S_MCP_READ_CACHE</c>); never while impersonating.</summary>
    public required bool ReadCache { get; init; }

    /// <summary>The most replicas a plan may ask for (<c>K8S_MCP_MAX_REPLICAS</c>).</summary>
    public required int MaxReplicas { get; init; }

    /// <summary>How many plans of one requester may wait for a decision; 0 for any number (<c>K8S_MCP_MAX_PENDING_PLANS</c>).</summary>
    public required int MaxPendingPlans { get; init; }

    /// <summary>How long an apply waits for its rollout (<c>K8S_MCP_ROLLOUT_WAIT_SECONDS</c>).</summary>
    public required TimeSpan RolloutWait { get; init; }

    /// <summary>How long an executor that says nothing is believed to be alive (<c>K8S_MCP_LEASE_SECONDS</c>).</summary>
    public required TimeSpan Lease { get; init; }

    /// <summary>How long the outcome of a write whose answer was lost is looked for before it is left to recovery (<c>K8S_MCP_ESTABLISH_SECONDS</c>).</summary>
    public required TimeSpan EstablishWithin { get; init; }

    /// <summary>The policy file, if any (<c>K8S_MCP_POLICY_FILE</c>).</summary>
    public required string? PolicyFile { get; init; }

    /// <summary>The shared store, or null for SQLite in the approval root (<c>K8S_MCP_DATABASE</c>). May hold a password: never logged.</summary>
    public required string? Database { get; init; }

    /// <summary>Kubeconfig files in the order of precedence (<c>KUBECONFIG</c>); empty for the default places.</summary>
    public required IReadOnlyList<string> Kubeconfig { get; init; }

    /// <summary>Set when a gateway launched this process.</summary>
    public required GatewayLink? Gateway { get; init; }

    /// <summary>Whether what is only safe locally must be refused.</summary>
    public required bool IsProduction { get; init; }
}

/// <summary>A kubeconfig context and the namespaces allowed in it.</summary>
/// <param name="Context">The context's name, or null for the current one.</param>
/// <param name="Namespaces">Sorted, without duplicates, never empty.</param>
internal sealed record AllowedCluster(string? Context, IReadOnlyList<string> Namespaces);
