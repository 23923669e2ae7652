using System.Text.Json.Serialization;

namespace InfraGate.Plans;

/// <summary>What happens to one target.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TargetChange>))]
public enum TargetChange
{
    /// <summary>The object does not exist and will be created.</summary>
    [JsonStringEnumMemberName("create")]
    Create,

    /// <summary>The object exists and will be changed.</summary>
    [JsonStringEnumMemberName("update")]
    Update,

    /// <summary>The object exists and will be deleted.</summary>
    [JsonStringEnumMemberName("delete")]
    Delete,

    /// <summary>The object already is as requested; carrying the request out changes nothing.</summary>
    [JsonStringEnumMemberName("none")]
    None,
}
