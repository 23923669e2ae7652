using System.Text.Json.Serialization;

namespace InfraGate.Plans.Approval;

/// <summary>What an approver said.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Verdict>))]
public enum Verdict
{
    /// <summary>Yes.</summary>
    [JsonStringEnumMemberName("approve")]
    Approve,

    /// <summary>No; one is enough to end the plan.</summary>
    [JsonStringEnumMemberName("deny")]
    Deny,
}

/// <summary>One approver's word on one plan. A subject speaks once.</summary>
/// <param name="Subject">The approver's subject at the identity provider.</param>
/// <param name="Name">The approver's name as shown to people.</param>
/// <param name="Verdict">Yes or no.</param>
/// <param name="Reason">The approver's words; required for a denial, at most 1,000 characters.</param>
/// <param name="Acknowledged">The ids of the findings that the approver ticked.</param>
/// <param name="At">When.</param>
public sealed record Decision(string Subject, string Name, Verdict Verdict, string? Reason, IReadOnlyList<string> Acknowledged, DateTimeOffset At)
{
    /// <summary>The groups that the approver had at that moment: what the policy is evaluated against again when the grant is made.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>The gateway's signature under all of this (compact JWS, see <see cref="Grants.DecisionSigner"/>); null where there is none, and then the decision counts for nothing.</summary>
    public string? Signature { get; init; }
}
