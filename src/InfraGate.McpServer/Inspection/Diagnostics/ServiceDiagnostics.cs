using InfraGate.McpServer.Inspection.Causes;
using InfraGate.McpServer.Inspection.Events;

namespace InfraGate.McpServer.Inspection.Diagnostics;

/// <summary>The answer of get_service_diagnostics.</summary>
internal sealed record ServiceDiagnostics
{
    public required string Namespace { get; init; }

    public required string Name { get; init; }

    public required Verdict Verdict { get; init; }

    public IReadOnlyList<CauseLine>? Causes { get; init; }

    public required string Type { get; init; }

    public string? ClusterIP { get; init; }

    /// <summary>Addresses under which it is reached from outside.</summary>
    public IReadOnlyList<string>? External { get; init; }

    public string? Selector { get; init; }

    public IReadOnlyList<string>? Ports { get; init; }

    public required EndpointCount Endpoints { get; init; }

    public IReadOnlyList<PodLine>? Pods { get; init; }

    public IReadOnlyList<EventLine>? Events { get; init; }

    public IReadOnlyList<string>? Omitted { get; init; }
}

internal sealed record EndpointCount(int Ready, int NotReady);
