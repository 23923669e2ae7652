namespace InfraGate.Plans;

/// <summary>One object that a plan touches: what it was, what the API server said it would become, and the request that gets it there.</summary>
public sealed record PlanTarget
{
    /// <summary>Group and version, for example <c>apps/v1</c>.</summary>
    public required string ApiVersion { get; init; }

    /// <summary>The kind, for example <c>Deployment</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The object's name in the plan's namespace.</summary>
    public required string Name { get; init; }

    /// <summary>What happens to it.</summary>
    public required TargetChange Change { get; init; }

    /// <summary>The uid of the live object at plan time; null when it did not exist.</summary>
    public string? Uid { get; init; }

    /// <summary>
    /// The live object's <c>metadata.resourceVersion</c> at plan time; null when it did not exist. Whoever finds the object in this version knows it unchanged; another version says
    /// nothing, for noise changes it as well, and the fingerprint decides.
    /// </summary>
    public string? ResourceVersion { get; init; }

    /// <summary>The fingerprint of the live object at plan time (<c>sha256:</c> and 64 hex digits); null when it did not exist.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>The fingerprint of the dry-run result that was reviewed; null for a deletion.</summary>
    public string? DryRunFingerprint { get; init; }

    /// <summary>The request that apply will send.</summary>
    public required PlannedRequest Request { get; init; }

    /// <summary>The live object at plan time without noise, as canonical JSON, exact; null when it did not exist. Never shown: it may hold values that must stay in the cluster.</summary>
    public string? Live { get; init; }

    /// <summary>The dry-run result without noise, as canonical JSON, exact; null for a deletion. Never shown.</summary>
    public string? DryRun { get; init; }

    /// <summary>What people see as the state before: <see cref="Live"/> with values that must not be shown replaced by fingerprints, as JSON.</summary>
    public string? BeforeView { get; init; }

    /// <summary>What people see as the state after: <see cref="DryRun"/> with values that must not be shown replaced by fingerprints, as JSON.</summary>
    public string? AfterView { get; init; }

    /// <summary>Every field that changes, ordered by path. Complete: nothing that changes is missing here.</summary>
    public IReadOnlyList<FieldChange> Changes { get; init; } = [];

    /// <summary>Fields that other managers own and lose; empty unless the apply is forced.</summary>
    public IReadOnlyList<FieldConflict> Conflicts { get; init; } = [];

    /// <summary>Kind and name as people write them: <c>Deployment/nginx-demo</c>.</summary>
    public string Reference => $"{Kind}/{Name}";
}
