using InfraGate.McpServer.Inspection.Causes;
using InfraGate.McpServer.Inspection.Events;

namespace InfraGate.McpServer.Inspection.Diagnostics;

/// <summary>The answer of get_pod_diagnostics.</summary>
internal sealed record PodDiagnostics
{
    public required string Namespace { get; init; }

    public required string Pod { get; init; }

    public required Verdict Verdict { get; init; }

    public IReadOnlyList<CauseLine>? Causes { get; init; }

    public required string Phase { get; init; }

    public string? Owner { get; init; }

    public string? Node { get; init; }

    public string? Started { get; init; }

    /// <summary>Like "Ready=False ContainersNotReady: containers with unready status: [web]".</summary>
    public IReadOnlyList<string>? Conditions { get; init; }

    public IReadOnlyList<ContainerLine>? Containers { get; init; }

    public IReadOnlyList<EventLine>? Events { get; init; }

    public IReadOnlyList<string>? Omitted { get; init; }
}

internal sealed record ContainerLine
{
    public required string Name { get; init; }

    public bool? Init { get; init; }

    public string? Image { get; init; }

    /// <summary>Like "waiting CrashLoopBackOff" or "running since …".</summary>
    public required string State { get; init; }

    public required bool Ready { get; init; }

    public required int Restarts { get; init; }

    /// <summary>How it ended before, like "OOMKilled exit 137 at …".</summary>
    public string? LastEnd { get; init; }

    public string? Limits { get; init; }

    public IReadOnlyList<string>? Probes { get; init; }
}
