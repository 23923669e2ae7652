using System.Text.Json.Serialization;

namespace InfraGate.Plans;

/// <summary>What a plan does to its targets. The names in JSON, policy files and pages are the lower-case ones.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PlanOperation>))]
public enum PlanOperation
{
    /// <summary>Server-side apply of a manifest.</summary>
    [JsonStringEnumMemberName("apply")]
    Apply,

    /// <summary>Deletion of the objects a manifest names.</summary>
    [JsonStringEnumMemberName("delete")]
    Delete,

    /// <summary>A new replica count for one Deployment.</summary>
    [JsonStringEnumMemberName("scale")]
    Scale,

    /// <summary>A rollout restart of one Deployment.</summary>
    [JsonStringEnumMemberName("restart")]
    Restart,

    /// <summary>A new image for one container of one Deployment.</summary>
    [JsonStringEnumMemberName("set-image")]
    SetImage,
}
