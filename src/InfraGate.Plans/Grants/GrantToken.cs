using System.Text.Json;
using System.Text.Json.Serialization;
using InfraGate.Plans.Sealing;

namespace InfraGate.Plans.Grants;

/// <summary>The form of a grant as a compact JWS (RFC 7515): its header, its claims and how both are read with nothing left to interpretation.</summary>
internal static class GrantToken
{
    /// <summary>The only algorithm: ECDSA over P-256 with SHA-256 (RFC 7518 section 3.4).</summary>
    public const string Algorithm = "ES256";

    /// <summary>Explicit typing (RFC 8725 section 3.11): no other JWS of the same key can pass for a grant.</summary>
    public const string Type = "infragate-grant+jws";

    /// <summary>More than any grant needs; longer ones are not looked at.</summary>
    public const int MaximumLength = 16 * 1024;

    /// <summary>Reads and writes both parts: unknown, missing and repeated members are refused.</summary>
    public static JsonSerializerOptions Json { get; } = new()
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        MaxDepth = 3,
    };

    /// <summary>The header.</summary>
    public sealed record Header(
        [property: JsonPropertyName("alg")] string Alg,
        [property: JsonPropertyName("kid")] string Kid,
        [property: JsonPropertyName("typ")] string Typ);

    /// <summary>The claims; times in whole seconds since 1970.</summary>
    public sealed record Claims(
        [property: JsonPropertyName("approvers")] IReadOnlyList<string> Approvers,
        [property: JsonPropertyName("digest")] PlanDigest Digest,
        [property: JsonPropertyName("exp")] long Expires,
        [property: JsonPropertyName("iat")] long Issued,
        [property: JsonPropertyName("nonce")] string Nonce,
        [property: JsonPropertyName("plan")] PlanId Plan);
}
