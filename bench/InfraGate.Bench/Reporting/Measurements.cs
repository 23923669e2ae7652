using InfraGate.Bench.Guardrails;
using InfraGate.Bench.Load;
using InfraGate.Bench.Pages;
using InfraGate.Bench.Processes;
using InfraGate.Bench.Scaling;
using InfraGate.Bench.Targets;

namespace InfraGate.Bench.Reporting;

/// <summary>Everything that one run measured.</summary>
internal sealed record Measurements
{
    /// <summary>Where and on what.</summary>
    public required Surroundings Surroundings { get; init; }

    /// <summary>Every run under load.</summary>
    public required IReadOnlyList<LoadResult> Results { get; init; }

    /// <summary>Gateway and server at rest.</summary>
    public required MemoryUse Rest { get; init; }

    /// <summary>The same after the last run with the most workers.</summary>
    public required MemoryUse Loaded { get; init; }

    /// <summary>From the gateway's start to its first answer to <c>tools/list</c>, in seconds, each start.</summary>
    public required IReadOnlyList<double> StartSeconds { get; init; }

    /// <summary>Visits to the approval page.</summary>
    public required IReadOnlyList<Visit> Visits { get; init; }

    /// <summary>The guardrail's speed.</summary>
    public required ScanSpeed Scan { get; init; }

    /// <summary>How cost grows.</summary>
    public required IReadOnlyList<SeriesPoint> Series { get; init; }

    /// <summary>The targets, judged.</summary>
    public IReadOnlyList<TargetVerdict> Targets { get; init; } = [];
}
