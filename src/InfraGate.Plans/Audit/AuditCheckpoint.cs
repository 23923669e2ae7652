using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using InfraGate.Plans.Grants;

namespace InfraGate.Plans.Audit;

/// <summary>The gateway's signed word on how the chain stood: whoever rewrites the trail cannot make a new one.</summary>
/// <param name="Sequence">The number of entries then.</param>
/// <param name="Hash">The last one's hash.</param>
/// <param name="At">When, in whole seconds since 1970.</param>
internal sealed record AuditCheckpoint(
    [property: JsonPropertyName("sequence")] long Sequence,
    [property: JsonPropertyName("hash")] string Hash,
    [property: JsonPropertyName("iat")] long At)
{
    private const string Type = "infragate-audit-checkpoint+jws";

    /// <summary>The checkpoint as a compact JWS.</summary>
    public string Sign(ECDsa key) => CompactJws.Sign(
        JsonSerializer.SerializeToUtf8Bytes(new GrantToken.Header(GrantToken.Algorithm, SigningKeyId.Of(key), Type), GrantToken.Json),
        JsonSerializer.SerializeToUtf8Bytes(this, GrantToken.Json),
        key);

    /// <summary>Reads a checkpoint that this key signed; null for anything else.</summary>
    public static AuditCheckpoint? Verify(string token, ECDsa key)
    {
        if (CompactJws.Split(token) is not { } parts
            || CompactJws.Read<GrantToken.Header>(parts.Header) is not { Alg: GrantToken.Algorithm, Typ: Type } header
            || header.Kid != SigningKeyId.Of(key)
            || !CompactJws.IsSignedBy(parts, key))
        {
            return null;
        }

        return CompactJws.Read<AuditCheckpoint>(parts.Payload);
    }
}
