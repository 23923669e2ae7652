using InfraGate.DevIssuer.Clients;

namespace InfraGate.DevIssuer.Tokens;

/// <summary>
/// What one sign-in allowed one client: the family of every access and refresh token that follows from it. Revoking the grant ends them all.
/// </summary>
internal sealed record AccessGrant
{
    public required string Id { get; init; }

    public required string ClientId { get; init; }

    public required string Subject { get; init; }

    public required ScopeSet Scope { get; init; }

    /// <summary>Audience of every access token of the family; a refresh that names no resource keeps it.</summary>
    public required string Resource { get; init; }

    public required DateTimeOffset SignedInAt { get; init; }

    public string? SessionId { get; init; }

    public string? Nonce { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Key from which the refresh token of each generation is derived; null when the client gets none.</summary>
    public string? RefreshKey { get; init; }

    /// <summary>Number of the refresh token that is valid now; each rotation adds one.</summary>
    public int Generation { get; init; }

    public DateTimeOffset RotatedAt { get; init; }

    public bool Revoked { get; init; }
}
