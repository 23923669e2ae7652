using System.Text.Json.Serialization;

namespace InfraGate.McpServer.Kubernetes.Models;

/// <summary>A Pod as a status overview needs it: without containers' specifications, labels or annotations.</summary>
internal sealed record PodBrief : IKubernetesObject
{
    public PodBriefMeta Metadata { get; set; } = new();

    IObjectMeta IKubernetesObject.Metadata => Metadata;

    public PodStatus Status { get; set; } = new();
}

internal sealed record PodBriefMeta : IObjectMeta
{
    public string Name { get; set; } = "";

    public string? Uid { get; set; }

    public string? ResourceVersion { get; set; }

    public DateTimeOffset? DeletionTimestamp { get; set; }

    public IReadOnlyList<OwnerReference>? OwnerReferences { get; set; }

    [JsonIgnore]
    public OwnerReference? Controller => OwnerReferences?.FirstOrDefault(owner => owner.Controller == true);
}

internal sealed record Pod : IKubernetesObject
{
    public ObjectMeta Metadata { get; set; } = new();

    IObjectMeta IKubernetesObject.Metadata => Metadata;

    public PodSpec Spec { get; set; } = new();

    public PodStatus Status { get; set; } = new();
}

internal sealed record PodSpec
{
    public string? NodeName { get; set; }

    public string? RestartPolicy { get; set; }

    public IReadOnlyList<Container>? Containers { get; set; }

    public IReadOnlyList<Container>? InitContainers { get; set; }

    public IReadOnlyDictionary<string, string>? NodeSelector { get; set; }
}

internal sealed record Container
{
    public string Name { get; set; } = "";

    public string? Image { get; set; }

    public IReadOnlyList<ContainerPort>? Ports { get; set; }

    public Resources? Resources { get; set; }

    public Probe? LivenessProbe { get; set; }

    public Probe? ReadinessProbe { get; set; }

    public Probe? StartupProbe { get; set; }

    /// <summary><c>Always</c> on an init container makes it a sidecar, which never completes.</summary>
    public string? RestartPolicy { get; set; }
}

internal sealed record ContainerPort(string? Name, [property: JsonPropertyName("containerPort")] int Number, string? Protocol);

internal sealed record Resources(IReadOnlyDictionary<string, string>? Limits, IReadOnlyDictionary<string, string>? Requests);

internal sealed record Probe
{
    public HttpProbe? HttpGet { get; set; }

    public PortProbe? TcpSocket { get; set; }

    public PortProbe? Grpc { get; set; }

    public ExecProbe? Exec { get; set; }

    public int? FailureThreshold { get; set; }

    public int? PeriodSeconds { get; set; }

    public int? TimeoutSeconds { get; set; }

    public int? InitialDelaySeconds { get; set; }
}

internal sealed record HttpProbe(string? Path, IntOrString? Port, string? Scheme);

internal sealed record PortProbe(IntOrString? Port);

internal sealed record ExecProbe(IReadOnlyList<string>? Command);

internal sealed record PodStatus
{
    public string? Phase { get; set; }

    public string? Reason { get; set; }

    public string? Message { get; set; }

    public string? PodIP { get; set; }

    public DateTimeOffset? StartTime { get; set; }

    public IReadOnlyList<Condition>? Conditions { get; set; }

    public IReadOnlyList<ContainerStatus>? ContainerStatuses { get; set; }

    public IReadOnlyList<ContainerStatus>? InitContainerStatuses { get; set; }
}

internal sealed record ContainerStatus
{
    public string Name { get; set; } = "";

    public bool Ready { get; set; }

    public bool? Started { get; set; }

    public int RestartCount { get; set; }

    public ContainerState? State { get; set; }

    public ContainerState? LastState { get; set; }
}

internal sealed record ContainerState(WaitingState? Waiting, RunningState? Running, TerminatedState? Terminated);

internal sealed record WaitingState(string? Reason, string? Message);

internal sealed record RunningState(DateTimeOffset? StartedAt);

internal sealed record TerminatedState(string? Reason, string? Message, int ExitCode, int? Signal, DateTimeOffset? StartedAt, DateTimeOffset? FinishedAt);
