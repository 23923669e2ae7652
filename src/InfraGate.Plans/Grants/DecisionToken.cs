using System.Text.Json;
using System.Text.Json.Serialization;
using InfraGate.Plans.Approval;
using InfraGate.Plans.Sealing;

namespace InfraGate.Plans.Grants;

/// <summary>The form of a signed decision as a compact JWS (RFC 7515).</summary>
internal static class DecisionToken
{
    /// <summary>Explicit typing (RFC 8725 section 3.11): a signed decision can pass neither for a grant nor for a checkpoint, nor they for one.</summary>
    public const string Type = "infragate-decision+jws";

    /// <summary>What is signed: everything that was said, on which content of which plan, and as the how-manieth word.</summary>
    public static byte[] Payload(PlanId plan, PlanDigest digest, int number, Decision decision) => JsonSerializer.SerializeToUtf8Bytes(
        new Claims(
            decision.Acknowledged,
            decision.At.ToUnixTimeMilliseconds(),
            digest,
            decision.Groups,
            decision.Name,
            number,
            plan,
            decision.Reason,
            decision.Subject,
            decision.Verdict),
        GrantToken.Json);

    /// <summary>The claims; the time in milliseconds since 1970, as the database keeps it.</summary>
    private sealed record Claims(
        [property: JsonPropertyName("acknowledged")] IReadOnlyList<string> Acknowledged,
        [property: JsonPropertyName("at")] long At,
        [property: JsonPropertyName("digest")] PlanDigest Digest,
        [property: JsonPropertyName("groups")] IReadOnlyList<string> Groups,
        [property: JsonPropertyName("name")] string Name,
        [property: JsonPropertyName("number")] int Number,
        [property: JsonPropertyName("plan")] PlanId Plan,
        [property: JsonPropertyName("reason")] string? Reason,
        [property: JsonPropertyName("subject")] string Subject,
        [property: JsonPropertyName("verdict")] Verdict Verdict);
}
