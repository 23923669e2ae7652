using System.Text.Json.Serialization;

namespace InfraGate.McpServer.Kubernetes.Models;

/// <summary>An object of the API, of whatever kind.</summary>
internal interface IKubernetesObject
{
    IObjectMeta Metadata { get; }
}

/// <summary>Which object it is, and which version of it.</summary>
internal interface IObjectMeta
{
    string Name { get; }

    string? Uid { get; }

    /// <summary>Null where the API server gave none.</summary>
    string? ResourceVersion { get; }

    DateTimeOffset? DeletionTimestamp { get; }
}

/// <summary>Of an object's metadata, what the read models use.</summary>
internal sealed record ObjectMeta : IObjectMeta
{
    public string Name { get; set; } = "";

    public string? Uid { get; set; }

    public string? ResourceVersion { get; set; }

    public long Generation { get; set; }

    public DateTimeOffset? CreationTimestamp { get; set; }

    public DateTimeOffset? DeletionTimestamp { get; set; }

    public int? DeletionGracePeriodSeconds { get; set; }

    public IReadOnlyList<string>? Finalizers { get; set; }

    public IReadOnlyDictionary<string, string>? Labels { get; set; }

    public IReadOnlyDictionary<string, string>? Annotations { get; set; }

    public IReadOnlyList<OwnerReference>? OwnerReferences { get; set; }

    /// <summary>The owner that manages the object, if any.</summary>
    [JsonIgnore]
    public OwnerReference? Controller => OwnerReferences?.FirstOrDefault(owner => owner.Controller == true);
}

internal sealed record OwnerReference(string Kind, string Name, string? Uid, bool? Controller);

internal sealed record LabelSelector
{
    public IReadOnlyDictionary<string, string>? MatchLabels { get; set; }

    public IReadOnlyList<LabelRequirement>? MatchExpressions { get; set; }

    [JsonIgnore]
    public bool IsEmpty => MatchLabels is not { Count: > 0 } && MatchExpressions is not { Count: > 0 };

    /// <summary>Whether every term holds of these labels; an empty selector selects all.</summary>
    public bool Selects(IReadOnlyDictionary<string, string> labels) =>
        (MatchLabels ?? new Dictionary<string, string>(StringComparer.Ordinal)).All(term => labels.TryGetValue(term.Key, out var value) && value == term.Value)
        && (MatchExpressions ?? []).All(term => term.Holds(labels));
}

/// <param name="Operator"><c>In</c>, <c>NotIn</c>, <c>Exists</c> or <c>DoesNotExist</c>.</param>
internal sealed record LabelRequirement(string Key, string Operator, IReadOnlyList<string>? Values)
{
    /// <summary>As the API server judges it: <c>NotIn</c> holds where the label is missing.</summary>
    public bool Holds(IReadOnlyDictionary<string, string> labels) => Operator switch
    {
        "Exists" => labels.ContainsKey(Key),
        "DoesNotExist" => !labels.ContainsKey(Key),
        "In" => labels.TryGetValue(Key, out var value) && (Values ?? []).Contains(value, StringComparer.Ordinal),
        "NotIn" => !labels.TryGetValue(Key, out var value) || !(Values ?? []).Contains(value, StringComparer.Ordinal),
        _ => false,
    };
}

/// <summary>A condition of any object's status.</summary>
internal sealed record Condition
{
    public string Type { get; set; } = "";

    public string Status { get; set; } = "";

    public string? Reason { get; set; }

    public string? Message { get; set; }

    public DateTimeOffset? LastTransitionTime { get; set; }
}

internal sealed record ObjectList<T>(ListMeta? Metadata, IReadOnlyList<T>? Items);

internal sealed record ListMeta(string? Continue, long? RemainingItemCount, string? ResourceVersion);

/// <summary>The API server's <c>Status</c> of a failure.</summary>
internal sealed record StatusObject(string? Status, string? Reason, string? Message, int? Code, StatusDetails? Details);

internal sealed record StatusDetails(IReadOnlyList<StatusCause>? Causes);

internal sealed record StatusCause(string? Reason, string? Message, string? Field);

/// <summary>The answer of <c>/version</c>.</summary>
internal sealed record VersionInfo(string? GitVersion, string? Platform);
