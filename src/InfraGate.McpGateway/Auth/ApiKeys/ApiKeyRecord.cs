using System.Text.Json.Serialization;

namespace InfraGate.McpGateway.Auth.ApiKeys;

/// <summary>One API key as the file keeps it: everything but the secret itself, of which only a salted hash remains.</summary>
internal sealed record ApiKeyRecord
{
    /// <summary>The public part of the key, by which it is found.</summary>
    [JsonPropertyName("id")]
    public required string Id { get; init; }

    /// <summary>Who or what uses it; becomes the subject <c>key:name</c>.</summary>
    [JsonPropertyName("name")]
    public required string Name { get; init; }

    /// <summary>The subject, as the issuer names it, of the person who holds the key; null where nobody was named. Whoever decides on its plans is compared with it.</summary>
    [JsonPropertyName("owner")]
    public string? Owner { get; init; }

    /// <summary>Base64 of 16 random bytes.</summary>
    [JsonPropertyName("salt")]
    public required string Salt { get; init; }

    /// <summary>Base64 of the PBKDF2-SHA256 of the secret.</summary>
    [JsonPropertyName("hash")]
    public required string Hash { get; init; }

    /// <summary>What the key may do.</summary>
    [JsonPropertyName("scopes")]
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>The namespaces it is limited to; null for all that the server allows.</summary>
    [JsonPropertyName("namespaces")]
    public IReadOnlyList<string>? Namespaces { get; init; }

    /// <summary>When it was made.</summary>
    [JsonPropertyName("created")]
    public required DateTimeOffset Created { get; init; }

    /// <summary>When it stops working.</summary>
    [JsonPropertyName("expires")]
    public required DateTimeOffset Expires { get; init; }
}
