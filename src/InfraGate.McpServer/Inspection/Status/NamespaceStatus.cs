namespace InfraGate.McpServer.Inspection.Status;

/// <summary>What runs in a namespace, at a glance; troubled things come first.</summary>
internal sealed record NamespaceStatus
{
    public required string Namespace { get; init; }

    public required string Summary { get; init; }

    /// <summary>When the API server was last heard from about what follows, which came from memory; null when it was read live.</summary>
    public string? Observed { get; init; }

    public IReadOnlyList<DeploymentLine>? Deployments { get; init; }

    /// <summary>Pods that belong to no Deployment shown, by owner.</summary>
    public IReadOnlyList<PodGroupLine>? OtherPods { get; init; }

    /// <summary>ReplicaSets without a Deployment, and old ones that still hold Pods.</summary>
    public IReadOnlyList<ReplicaSetLine>? ReplicaSets { get; init; }

    public IReadOnlyList<ServiceLine>? Services { get; init; }

    public IReadOnlyList<ConfigMapLine>? ConfigMaps { get; init; }

    /// <summary>What is not shown, and how to ask for it.</summary>
    public IReadOnlyList<string>? Omitted { get; init; }
}

internal sealed record DeploymentLine
{
    public required string Name { get; init; }

    public required string State { get; init; }

    public required int Desired { get; init; }

    public required int Ready { get; init; }

    public required int Updated { get; init; }

    public required int Available { get; init; }

    public required IReadOnlyList<string> Images { get; init; }

    public string? Reason { get; init; }

    /// <summary>Like "3 Running, 1 CrashLoopBackOff".</summary>
    public required string Pods { get; init; }

    /// <summary>Pods that are not ready, or restart: "name state restarts".</summary>
    public IReadOnlyList<string>? Outliers { get; init; }
}

internal sealed record PodGroupLine(string Owner, int Count, int Ready, string Pods, IReadOnlyList<string>? Outliers);

internal sealed record ReplicaSetLine(string Name, string? Deployment, int Desired, int Ready);

internal sealed record ServiceLine(string Name, string Type, IReadOnlyList<string>? Ports, int? Ready, int? NotReady);

/// <param name="Keys">Like "index.html 123": each key with its size in bytes.</param>
internal sealed record ConfigMapLine(string Name, int Bytes, IReadOnlyList<string> Keys);
