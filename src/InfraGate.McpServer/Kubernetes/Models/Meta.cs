using System.Text.Json.Serialization;

namespace InfraGate.McpServer.Kubernetes.Models;

/// <summary>Of an object's metadata, what the read models use.</summary>
internal sealed record ObjectMeta
{
    public string Name { get; init; } = "";

    public string? Uid { get; init; }

    public long Generation { get; init; }

    public DateTimeOffset? CreationTimestamp { get; init; }

    public DateTimeOffset? DeletionTimestamp { get; init; }

    public int? DeletionGracePeriodSeconds { get; init; }

    public IReadOnlyList<string>? Finalizers { get; init; }

    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    public IReadOnlyDictionary<string, string>? Annotations { get; init; }

    public IReadOnlyList<OwnerReference>? OwnerReferences { get; init; }

    /// <summary>The owner that manages the object, if any.</summary>
    [JsonIgnore]
    public OwnerReference? Controller => OwnerReferences?.FirstOrDefault(owner => owner.Controller == true);
}

internal sealed record OwnerReference(string Kind, string Name, string? Uid, bool? Controller);

internal sealed record LabelSelector
{
    public IReadOnlyDictionary<string, string>? MatchLabels { get; init; }

    public IReadOnlyList<LabelRequirement>? MatchExpressions { get; init; }
}

internal sealed record LabelRequirement(string Key, string Operator, IReadOnlyList<string>? Values);

/// <summary>A condition of any object's status.</summary>
internal sealed record Condition
{
    public string Type { get; init; } = "";

    public string Status { get; init; } = "";

    public string? Reason { get; init; }

    public string? Message { get; init; }

    public DateTimeOffset? LastTransitionTime { get; init; }
}

internal sealed record ObjectList<T>(ListMeta? Metadata, IReadOnlyList<T>? Items);

internal sealed record ListMeta(string? Continue, long? RemainingItemCount);

/// <summary>The API server's <c>Status</c> of a failure.</summary>
internal sealed record StatusObject(string? Status, string? Reason, string? Message, int? Code, StatusDetails? Details);

internal sealed record StatusDetails(IReadOnlyList<StatusCause>? Causes);

internal sealed record StatusCause(string? Reason, string? Message, string? Field);

/// <summary>The answer of <c>/version</c>.</summary>
internal sealed record VersionInfo(string? GitVersion, string? Platform);
