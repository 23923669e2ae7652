namespace InfraGate.McpServer.Inspection.Resources;

/// <summary>The answer of get_k8s_resource: one object without status noise, values that look secret, or generated annotations.</summary>
internal sealed record ResourceView
{
    public required string Namespace { get; init; }

    public required string Kind { get; init; }

    public required string Name { get; init; }

    /// <summary>When the API server last vouched for it, of a view from memory; null when it was read live.</summary>
    public string? Observed { get; init; }

    public string? Created { get; init; }

    public string? Deleting { get; init; }

    public long? Generation { get; init; }

    public string? Owner { get; init; }

    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    public IReadOnlyDictionary<string, string>? Annotations { get; init; }

    public WorkloadView? Workload { get; init; }

    public PodView? Pod { get; init; }

    public ServiceView? Service { get; init; }

    public ConfigMapView? ConfigMap { get; init; }

    public IReadOnlyList<string>? Omitted { get; init; }
}

/// <summary>Of a Deployment or ReplicaSet.</summary>
internal sealed record WorkloadView
{
    public required int Desired { get; init; }

    public required int Ready { get; init; }

    public int? Updated { get; init; }

    public required int Available { get; init; }

    public string? Selector { get; init; }

    public string? Strategy { get; init; }

    public bool? Paused { get; init; }

    public int? ProgressDeadlineSeconds { get; init; }

    public IReadOnlyList<string>? Conditions { get; init; }

    public required TemplateView Template { get; init; }
}

internal sealed record PodView
{
    public required string Phase { get; init; }

    public string? Node { get; init; }

    public string? Ip { get; init; }

    public IReadOnlyList<string>? Conditions { get; init; }

    public IReadOnlyList<string>? ContainerStates { get; init; }

    public required TemplateView Spec { get; init; }
}

/// <summary>What a Pod is made of.</summary>
internal sealed record TemplateView
{
    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    public string? ServiceAccount { get; init; }

    public bool? HostNetwork { get; init; }

    public string? NodeSelector { get; init; }

    public IReadOnlyList<string>? ImagePullSecrets { get; init; }

    public IReadOnlyList<ContainerView>? InitContainers { get; init; }

    public IReadOnlyList<ContainerView>? Containers { get; init; }

    /// <summary>Like "html ConfigMap/nginx-html".</summary>
    public IReadOnlyList<string>? Volumes { get; init; }
}

internal sealed record ContainerView
{
    public required string Name { get; init; }

    public string? Image { get; init; }

    public string? PullPolicy { get; init; }

    public IReadOnlyList<string>? Command { get; init; }

    public IReadOnlyList<string>? Args { get; init; }

    public IReadOnlyList<string>? Ports { get; init; }

    /// <summary>"NAME=value", "NAME=sha256:… (n characters)" when it looks secret, or "NAME from Secret/name key".</summary>
    public IReadOnlyList<string>? Env { get; init; }

    public string? Requests { get; init; }

    public string? Limits { get; init; }

    public IReadOnlyList<string>? Probes { get; init; }

    public IReadOnlyList<string>? Mounts { get; init; }
}

internal sealed record ServiceView(string Type, string? ClusterIP, string? ExternalName, string? Selector, IReadOnlyList<string>? Ports, IReadOnlyList<string>? External);

/// <param name="Keys">Each key with the size of its value in bytes; values are never shown.</param>
internal sealed record ConfigMapView(int Bytes, IReadOnlyDictionary<string, int> Keys, bool? Immutable);
