using System.Text.Json;

namespace InfraGate.McpServer.Kubernetes.Models;

/// <summary>A Pod with what only a single-object view shows: environment and mounts.</summary>
internal sealed record DetailedPod : IKubernetesObject
{
    public ObjectMeta Metadata { get; set; } = new();

    IObjectMeta IKubernetesObject.Metadata => Metadata;

    public DetailedPodSpec Spec { get; set; } = new();

    public PodStatus Status { get; set; } = new();
}

/// <summary>A Deployment or ReplicaSet with what only a single-object view shows.</summary>
internal sealed record DetailedWorkload : IKubernetesObject
{
    public ObjectMeta Metadata { get; set; } = new();

    IObjectMeta IKubernetesObject.Metadata => Metadata;

    public DetailedWorkloadSpec Spec { get; set; } = new();

    public DeploymentStatus Status { get; set; } = new();
}

internal sealed record DetailedWorkloadSpec
{
    public int? Replicas { get; set; }

    public bool Paused { get; set; }

    public int? ProgressDeadlineSeconds { get; set; }

    public int? MinReadySeconds { get; set; }

    public int? RevisionHistoryLimit { get; set; }

    public LabelSelector? Selector { get; set; }

    public DetailedStrategy? Strategy { get; set; }

    public DetailedTemplate Template { get; set; } = new();
}

internal sealed record DetailedStrategy(string? Type, RollingUpdate? RollingUpdate);

internal sealed record RollingUpdate(IntOrString? MaxSurge, IntOrString? MaxUnavailable);

internal sealed record DetailedTemplate
{
    public ObjectMeta Metadata { get; set; } = new();

    public DetailedPodSpec Spec { get; set; } = new();
}

internal sealed record DetailedPodSpec
{
    public string? NodeName { get; set; }

    public string? ServiceAccountName { get; set; }

    public string? RestartPolicy { get; set; }

    public string? PriorityClassName { get; set; }

    public bool? HostNetwork { get; set; }

    public int? TerminationGracePeriodSeconds { get; set; }

    public IReadOnlyDictionary<string, string>? NodeSelector { get; set; }

    public IReadOnlyList<NamedReference>? ImagePullSecrets { get; set; }

    public IReadOnlyList<DetailedContainer>? Containers { get; set; }

    public IReadOnlyList<DetailedContainer>? InitContainers { get; set; }

    public IReadOnlyList<Volume>? Volumes { get; set; }
}

internal sealed record DetailedContainer
{
    public string Name { get; set; } = "";

    public string? Image { get; set; }

    public string? ImagePullPolicy { get; set; }

    public IReadOnlyList<string>? Command { get; set; }

    public IReadOnlyList<string>? Args { get; set; }

    public IReadOnlyList<ContainerPort>? Ports { get; set; }

    public IReadOnlyList<EnvironmentVariable>? Env { get; set; }

    public IReadOnlyList<EnvironmentSource>? EnvFrom { get; set; }

    public Resources? Resources { get; set; }

    public Probe? LivenessProbe { get; set; }

    public Probe? ReadinessProbe { get; set; }

    public Probe? StartupProbe { get; set; }

    public IReadOnlyList<VolumeMount>? VolumeMounts { get; set; }
}

internal sealed record EnvironmentVariable(string Name, string? Value, EnvironmentValueFrom? ValueFrom);

internal sealed record EnvironmentValueFrom(KeyReference? ConfigMapKeyRef, KeyReference? SecretKeyRef, FieldReference? FieldRef, ResourceFieldReference? ResourceFieldRef);

internal sealed record KeyReference(string? Name, string? Key, bool? Optional);

internal sealed record FieldReference(string? FieldPath);

internal sealed record ResourceFieldReference(string? Resource);

internal sealed record EnvironmentSource(string? Prefix, NamedReference? ConfigMapRef, NamedReference? SecretRef);

internal sealed record NamedReference(string? Name);

internal sealed record VolumeMount(string Name, string MountPath, bool? ReadOnly);

/// <summary>A volume by its name and the one source it has; the source's own fields stay unread but for the object it names.</summary>
internal sealed record Volume(
    string Name,
    NamedReference? ConfigMap,
    VolumeSecret? Secret,
    VolumeClaim? PersistentVolumeClaim,
    JsonElement? EmptyDir,
    VolumePath? HostPath,
    JsonElement? Projected,
    JsonElement? DownwardAPI,
    VolumeImage? Image);

internal sealed record VolumeSecret(string? SecretName);

internal sealed record VolumeClaim(string? ClaimName);

internal sealed record VolumePath(string? Path);

internal sealed record VolumeImage(string? Reference);
