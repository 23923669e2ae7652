using System.Text.Json;

namespace InfraGate.McpServer.Kubernetes.Models;

/// <summary>A Pod with what only a single-object view shows: environment and mounts.</summary>
internal sealed record DetailedPod
{
    public ObjectMeta Metadata { get; init; } = new();

    public DetailedPodSpec Spec { get; init; } = new();

    public PodStatus Status { get; init; } = new();
}

/// <summary>A Deployment or ReplicaSet with what only a single-object view shows.</summary>
internal sealed record DetailedWorkload
{
    public ObjectMeta Metadata { get; init; } = new();

    public DetailedWorkloadSpec Spec { get; init; } = new();

    public DeploymentStatus Status { get; init; } = new();
}

internal sealed record DetailedWorkloadSpec
{
    public int? Replicas { get; init; }

    public bool Paused { get; init; }

    public int? ProgressDeadlineSeconds { get; init; }

    public int? MinReadySeconds { get; init; }

    public int? RevisionHistoryLimit { get; init; }

    public LabelSelector? Selector { get; init; }

    public DetailedStrategy? Strategy { get; init; }

    public DetailedTemplate Template { get; init; } = new();
}

internal sealed record DetailedStrategy(string? Type, RollingUpdate? RollingUpdate);

internal sealed record RollingUpdate(IntOrString? MaxSurge, IntOrString? MaxUnavailable);

internal sealed record DetailedTemplate
{
    public ObjectMeta Metadata { get; init; } = new();

    public DetailedPodSpec Spec { get; init; } = new();
}

internal sealed record DetailedPodSpec
{
    public string? NodeName { get; init; }

    public string? ServiceAccountName { get; init; }

    public string? RestartPolicy { get; init; }

    public string? PriorityClassName { get; init; }

    public bool? HostNetwork { get; init; }

    public int? TerminationGracePeriodSeconds { get; init; }

    public IReadOnlyDictionary<string, string>? NodeSelector { get; init; }

    public IReadOnlyList<NamedReference>? ImagePullSecrets { get; init; }

    public IReadOnlyList<DetailedContainer>? Containers { get; init; }

    public IReadOnlyList<DetailedContainer>? InitContainers { get; init; }

    public IReadOnlyList<Volume>? Volumes { get; init; }
}

internal sealed record DetailedContainer
{
    public string Name { get; init; } = "";

    public string? Image { get; init; }

    public string? ImagePullPolicy { get; init; }

    public IReadOnlyList<string>? Command { get; init; }

    public IReadOnlyList<string>? Args { get; init; }

    public IReadOnlyList<ContainerPort>? Ports { get; init; }

    public IReadOnlyList<EnvironmentVariable>? Env { get; init; }

    public IReadOnlyList<EnvironmentSource>? EnvFrom { get; init; }

    public Resources? Resources { get; init; }

    public Probe? LivenessProbe { get; init; }

    public Probe? ReadinessProbe { get; init; }

    public Probe? StartupProbe { get; init; }

    public IReadOnlyList<VolumeMount>? VolumeMounts { get; init; }
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
    JsonElement? DownwardAPI);

internal sealed record VolumeSecret(string? SecretName);

internal sealed record VolumeClaim(string? ClaimName);

internal sealed record VolumePath(string? Path);
