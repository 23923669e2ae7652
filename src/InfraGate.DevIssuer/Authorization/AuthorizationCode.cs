using InfraGate.DevIssuer.Clients;
using InfraGate.DevIssuer.Tokens;

namespace InfraGate.DevIssuer.Authorization;

/// <summary>What a person allowed in one authorization, until the client exchanges the code for it.</summary>
internal sealed record AuthorizationCode
{
    /// <summary>Id of the grant that redeeming the code begins; known beforehand so that a second use of the code can end it.</summary>
    public required string GrantId { get; init; }

    public required string ClientId { get; init; }

    public required string RedirectUri { get; init; }

    public required string CodeChallenge { get; init; }

    public required string Subject { get; init; }

    public required ScopeSet Scope { get; init; }

    public required string Resource { get; init; }

    public string? Nonce { get; init; }

    public required DateTimeOffset SignedInAt { get; init; }

    public required string SessionId { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public AccessGrant ToGrant(DateTimeOffset expiresAt) => new()
    {
        Id = GrantId,
        ClientId = ClientId,
        Subject = Subject,
        Scope = Scope,
        Resource = Resource,
        Nonce = Nonce,
        SignedInAt = SignedInAt,
        SessionId = SessionId,
        ExpiresAt = expiresAt,
    };
}
