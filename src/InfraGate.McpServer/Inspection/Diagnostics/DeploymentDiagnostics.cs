using InfraGate.McpServer.Inspection.Causes;
using InfraGate.McpServer.Inspection.Events;

namespace InfraGate.McpServer.Inspection.Diagnostics;

/// <summary>The answer of get_deployment_diagnostics: verdict, causes, then what they rest on.</summary>
internal sealed record DeploymentDiagnostics
{
    public required string Namespace { get; init; }

    public required string Name { get; init; }

    public required Verdict Verdict { get; init; }

    public IReadOnlyList<CauseLine>? Causes { get; init; }

    public required RolloutLine Rollout { get; init; }

    public IReadOnlyList<PodLine>? Pods { get; init; }

    public IReadOnlyList<RevisionLine>? ReplicaSets { get; init; }

    public IReadOnlyList<EventLine>? Events { get; init; }

    public IReadOnlyList<string>? Omitted { get; init; }
}

internal sealed record RolloutLine
{
    public required string State { get; init; }

    public required int Desired { get; init; }

    public required int Ready { get; init; }

    public required int Updated { get; init; }

    public required int Available { get; init; }

    public string? Strategy { get; init; }

    public string? Reason { get; init; }

    public required IReadOnlyList<string> Images { get; init; }
}

/// <summary>A ReplicaSet of the Deployment; <paramref name="Revision"/> counts rollouts.</summary>
internal sealed record RevisionLine(string Name, string? Revision, int Desired, int Ready, IReadOnlyList<string> Images);
