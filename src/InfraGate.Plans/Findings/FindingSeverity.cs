using System.Text.Json.Serialization;

namespace InfraGate.Plans.Findings;

/// <summary>How much a finding asks of the approver. Ordered: a later member is more severe.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FindingSeverity>))]
public enum FindingSeverity
{
    /// <summary>Good to know.</summary>
    [JsonStringEnumMemberName("info")]
    Info,

    /// <summary>Shown with emphasis; approving needs nothing more.</summary>
    [JsonStringEnumMemberName("warn")]
    Warn,

    /// <summary>Must be ticked by the approver before the plan can be approved.</summary>
    [JsonStringEnumMemberName("acknowledge")]
    Acknowledge,

    /// <summary>No plan is made: the request is refused with <c>policy_blocked</c>.</summary>
    [JsonStringEnumMemberName("block")]
    Block,
}
