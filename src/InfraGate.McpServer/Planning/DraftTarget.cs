using System.Text.Json.Nodes;
using InfraGate.McpServer.Planning.Diff;
using InfraGate.McpServer.Planning.Objects;
using InfraGate.Plans;

namespace InfraGate.McpServer.Planning;

/// <summary>One object of a plan in the making: all that was read and tried, exact and unmasked.</summary>
internal sealed record DraftTarget
{
    public required ObjectKind Kind { get; init; }

    public required string Name { get; init; }

    public required TargetChange Change { get; init; }

    /// <summary>The live object's uid; null when it does not exist.</summary>
    public required string? Uid { get; init; }

    /// <summary>The live object's version; null when it does not exist.</summary>
    public string? ResourceVersion { get; init; }

    /// <summary>The live object without noise; null when it does not exist.</summary>
    public required JsonObject? Live { get; init; }

    /// <summary>The dry-run's result without noise and without what the server draws; null for a deletion.</summary>
    public required JsonObject? Result { get; init; }

    /// <summary>The object that the request carries; null for a deletion.</summary>
    public required JsonObject? Sent { get; init; }

    public required PlannedRequest Request { get; init; }

    public IReadOnlyList<LeafChange> Changes { get; init; } = [];

    public IReadOnlyList<FieldConflict> Conflicts { get; init; } = [];

    public IReadOnlyList<string> Warnings { get; init; } = [];

    public string Reference => $"{Kind.Name}/{Name}";

    /// <summary>Whether carrying it out makes a Deployment replace its Pods.</summary>
    public bool RollsOut => Kind == ObjectKind.Deployment && Live is not null && Changes.Any(change => change.Path.StartsWith("spec.template.", StringComparison.Ordinal));
}
