namespace InfraGate.DevIssuer.Clients;

/// <summary>An OAuth client (RFC 7591 metadata, as far as this issuer acts on it).</summary>
internal sealed record Client
{
    public required string Id { get; init; }

    /// <summary>Shown on the consent page. Chosen by whoever registered the client unless <see cref="Origin"/> is Configured, so it proves nothing.</summary>
    public required string Name { get; init; }

    public required ClientOrigin Origin { get; init; }

    /// <summary>SHA-256 of the secret; null for a public client.</summary>
    public string? SecretHash { get; init; }

    public required IReadOnlyList<string> RedirectUris { get; init; }

    public IReadOnlyList<string> PostLogoutRedirectUris { get; init; } = [];

    /// <summary>What the client may ask for, and what it gets when it asks for nothing in particular.</summary>
    public required ScopeSet Scope { get; init; }

    public required IReadOnlyList<string> GrantTypes { get; init; }

    /// <summary>Groups in the tokens that the client gets for itself (client credentials).</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>Part of the product, asks for identity only: signing in is consent.</summary>
    public bool ConsentIsImplied { get; init; }

    public DateTimeOffset RegisteredAt { get; init; }

    public bool IsPublic => SecretHash is null;

    public bool MayUse(string grantType) => GrantTypes.Contains(grantType, StringComparer.Ordinal);

    public bool MayRedirectTo(string uri) => RedirectUris.Any(registered => LoopbackRedirect.Matches(registered, uri));

    public bool MayRedirectAfterSignOutTo(string uri) => PostLogoutRedirectUris.Any(registered => LoopbackRedirect.Matches(registered, uri));
}
