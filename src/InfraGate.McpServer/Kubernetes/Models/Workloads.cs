namespace InfraGate.McpServer.Kubernetes.Models;

internal sealed record Deployment
{
    public ObjectMeta Metadata { get; init; } = new();

    public DeploymentSpec Spec { get; init; } = new();

    public DeploymentStatus Status { get; init; } = new();
}

internal sealed record DeploymentSpec
{
    public int? Replicas { get; init; }

    public bool Paused { get; init; }

    public int? ProgressDeadlineSeconds { get; init; }

    public LabelSelector? Selector { get; init; }

    public PodTemplate Template { get; init; } = new();

    public DeploymentStrategy? Strategy { get; init; }
}

internal sealed record DeploymentStrategy(string? Type);

internal sealed record DeploymentStatus
{
    public long ObservedGeneration { get; init; }

    public int Replicas { get; init; }

    public int UpdatedReplicas { get; init; }

    public int ReadyReplicas { get; init; }

    public int AvailableReplicas { get; init; }

    public IReadOnlyList<Condition>? Conditions { get; init; }
}

internal sealed record PodTemplate
{
    public ObjectMeta Metadata { get; init; } = new();

    public PodSpec Spec { get; init; } = new();
}

internal sealed record ReplicaSet
{
    public ObjectMeta Metadata { get; init; } = new();

    public ReplicaSetSpec Spec { get; init; } = new();

    public ReplicaSetStatus Status { get; init; } = new();
}

internal sealed record ReplicaSetSpec
{
    public int? Replicas { get; init; }

    public ReplicaSetTemplate? Template { get; init; }
}

/// <summary>Of a ReplicaSet's template only the images, which tell revisions apart.</summary>
internal sealed record ReplicaSetTemplate(ReplicaSetPodSpec? Spec);

internal sealed record ReplicaSetPodSpec(IReadOnlyList<ImageOnly>? Containers);

internal sealed record ImageOnly(string Name, string? Image);

internal sealed record ReplicaSetStatus
{
    public int Replicas { get; init; }

    public int ReadyReplicas { get; init; }

    public int AvailableReplicas { get; init; }

    public IReadOnlyList<Condition>? Conditions { get; init; }
}

/// <summary>autoscaling/v1 HorizontalPodAutoscaler, which every version of Kubernetes serves.</summary>
internal sealed record Autoscaler
{
    public ObjectMeta Metadata { get; init; } = new();

    public AutoscalerSpec Spec { get; init; } = new();

    public AutoscalerStatus? Status { get; init; }
}

internal sealed record AutoscalerSpec
{
    public ScaleTarget? ScaleTargetRef { get; init; }

    public int? MinReplicas { get; init; }

    public int MaxReplicas { get; init; }
}

internal sealed record ScaleTarget(string Kind, string Name);

internal sealed record AutoscalerStatus(int? CurrentReplicas, int? DesiredReplicas);
