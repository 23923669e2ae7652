namespace InfraGate.McpServer.Kubernetes.Models;

internal sealed record Deployment : IKubernetesObject
{
    public ObjectMeta Metadata { get; set; } = new();

    IObjectMeta IKubernetesObject.Metadata => Metadata;

    public DeploymentSpec Spec { get; set; } = new();

    public DeploymentStatus Status { get; set; } = new();
}

internal sealed record DeploymentSpec
{
    public int? Replicas { get; set; }

    public bool Paused { get; set; }

    public int? ProgressDeadlineSeconds { get; set; }

    public LabelSelector? Selector { get; set; }

    public PodTemplate Template { get; set; } = new();

    public DeploymentStrategy? Strategy { get; set; }
}

internal sealed record DeploymentStrategy(string? Type);

internal sealed record DeploymentStatus
{
    public long ObservedGeneration { get; set; }

    public int Replicas { get; set; }

    public int UpdatedReplicas { get; set; }

    public int ReadyReplicas { get; set; }

    public int AvailableReplicas { get; set; }

    public IReadOnlyList<Condition>? Conditions { get; set; }
}

internal sealed record PodTemplate
{
    public ObjectMeta Metadata { get; set; } = new();

    public PodSpec Spec { get; set; } = new();
}

internal sealed record ReplicaSet : IKubernetesObject
{
    public ObjectMeta Metadata { get; set; } = new();

    IObjectMeta IKubernetesObject.Metadata => Metadata;

    public ReplicaSetSpec Spec { get; set; } = new();

    public ReplicaSetStatus Status { get; set; } = new();
}

internal sealed record ReplicaSetSpec
{
    public int? Replicas { get; set; }

    public ReplicaSetTemplate? Template { get; set; }
}

/// <summary>Of a ReplicaSet's template only the images, which tell revisions apart.</summary>
internal sealed record ReplicaSetTemplate(ReplicaSetPodSpec? Spec);

internal sealed record ReplicaSetPodSpec(IReadOnlyList<ImageOnly>? Containers);

internal sealed record ImageOnly(string Name, string? Image);

internal sealed record ReplicaSetStatus
{
    public int Replicas { get; set; }

    public int ReadyReplicas { get; set; }

    public int AvailableReplicas { get; set; }

    public IReadOnlyList<Condition>? Conditions { get; set; }
}

/// <summary>autoscaling/v1 HorizontalPodAutoscaler, which every version of Kubernetes serves.</summary>
internal sealed record Autoscaler
{
    public ObjectMeta Metadata { get; set; } = new();

    public AutoscalerSpec Spec { get; set; } = new();

    public AutoscalerStatus? Status { get; set; }
}

internal sealed record AutoscalerSpec
{
    public ScaleTarget? ScaleTargetRef { get; set; }

    public int? MinReplicas { get; set; }

    public int MaxReplicas { get; set; }
}

internal sealed record ScaleTarget(string Kind, string Name);

internal sealed record AutoscalerStatus(int? CurrentReplicas, int? DesiredReplicas);
