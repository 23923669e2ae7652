using System.Text.Json.Serialization;

namespace InfraGate.McpServer.Kubernetes.Models;

/// <summary>A Pod as a status overview needs it: without containers' specifications, labels or annotations.</summary>
internal sealed record PodBrief
{
    public PodBriefMeta Metadata { get; init; } = new();

    public PodStatus Status { get; init; } = new();
}

internal sealed record PodBriefMeta
{
    public string Name { get; init; } = "";

    public DateTimeOffset? DeletionTimestamp { get; init; }

    public IReadOnlyList<OwnerReference>? OwnerReferences { get; init; }

    [JsonIgnore]
    public OwnerReference? Controller => OwnerReferences?.FirstOrDefault(owner => owner.Controller == true);
}

internal sealed record Pod
{
    public ObjectMeta Metadata { get; init; } = new();

    public PodSpec Spec { get; init; } = new();

    public PodStatus Status { get; init; } = new();
}

internal sealed record PodSpec
{
    public string? NodeName { get; init; }

    public string? RestartPolicy { get; init; }

    public IReadOnlyList<Container>? Containers { get; init; }

    public IReadOnlyList<Container>? InitContainers { get; init; }

    public IReadOnlyDictionary<string, string>? NodeSelector { get; init; }
}

internal sealed record Container
{
    public string Name { get; init; } = "";

    public string? Image { get; init; }

    public IReadOnlyList<ContainerPort>? Ports { get; init; }

    public Resources? Resources { get; init; }

    public Probe? LivenessProbe { get; init; }

    public Probe? ReadinessProbe { get; init; }

    public Probe? StartupProbe { get; init; }

    /// <summary><c>Always</c> on an init container makes it a sidecar, which never completes.</summary>
    public string? RestartPolicy { get; init; }
}

internal sealed record ContainerPort(string? Name, [property: JsonPropertyName("containerPort")] int Number, string? Protocol);

internal sealed record Resources(IReadOnlyDictionary<string, string>? Limits, IReadOnlyDictionary<string, string>? Requests);

internal sealed record Probe
{
    public HttpProbe? HttpGet { get; init; }

    public PortProbe? TcpSocket { get; init; }

    public PortProbe? Grpc { get; init; }

    public ExecProbe? Exec { get; init; }

    public int? FailureThreshold { get; init; }

    public int? PeriodSeconds { get; init; }

    public int? TimeoutSeconds { get; init; }

    public int? InitialDelaySeconds { get; init; }
}

internal sealed record HttpProbe(string? Path, IntOrString? Port, string? Scheme);

internal sealed record PortProbe(IntOrString? Port);

internal sealed record ExecProbe(IReadOnlyList<string>? Command);

internal sealed record PodStatus
{
    public string? Phase { get; init; }

    public string? Reason { get; init; }

    public string? Message { get; init; }

    public string? PodIP { get; init; }

    public DateTimeOffset? StartTime { get; init; }

    public IReadOnlyList<Condition>? Conditions { get; init; }

    public IReadOnlyList<ContainerStatus>? ContainerStatuses { get; init; }

    public IReadOnlyList<ContainerStatus>? InitContainerStatuses { get; init; }
}

internal sealed record ContainerStatus
{
    public string Name { get; init; } = "";

    public bool Ready { get; init; }

    public bool? Started { get; init; }

    public int RestartCount { get; init; }

    public ContainerState? State { get; init; }

    public ContainerState? LastState { get; init; }
}

internal sealed record ContainerState(WaitingState? Waiting, RunningState? Running, TerminatedState? Terminated);

internal sealed record WaitingState(string? Reason, string? Message);

internal sealed record RunningState(DateTimeOffset? StartedAt);

internal sealed record TerminatedState(string? Reason, string? Message, int ExitCode, int? Signal, DateTimeOffset? StartedAt, DateTimeOffset? FinishedAt);
