namespace InfraGate.DevIssuer.Keys;

/// <summary>A signing key as kept in <c>keys.json</c>. A retired key signs nothing but is still published until the tokens it signed have expired.</summary>
internal sealed record StoredKey(string Kid, DateTimeOffset CreatedAt, DateTimeOffset? RetiredAt, string Pkcs8);

/// <summary>The document <c>keys.json</c>.</summary>
internal sealed record StoredKeys
{
    public List<StoredKey> Keys { get; init; } = [];
}
