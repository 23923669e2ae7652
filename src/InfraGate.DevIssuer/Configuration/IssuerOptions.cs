using InfraGate.DevIssuer.Clients;
using InfraGate.DevIssuer.Users;

namespace InfraGate.DevIssuer.Configuration;

/// <summary>Everything the issuer is told from outside, already checked. Built by <see cref="IssuerOptionsReader"/>.</summary>
internal sealed record IssuerOptions
{
    public required ListenAddress Listen { get; init; }

    /// <summary>Folder that holds keys, clients, consents and grants. Only this issuer writes to it.</summary>
    public required string StateRoot { get; init; }

    public required TimeSpan AccessTokenLifetime { get; init; }

    /// <summary>How long a sign-in can be continued with refresh tokens, counted from the sign-in; rotation does not prolong it.</summary>
    public required TimeSpan RefreshTokenLifetime { get; init; }

    /// <summary>How long the refresh token that was rotated last is still answered, with the same successor (field: clients race themselves).</summary>
    public required TimeSpan RefreshGrace { get; init; }

    /// <summary>How long a browser stays signed in.</summary>
    public required TimeSpan SessionLifetime { get; init; }

    /// <summary>Audience of an access token when the client names no resource (RFC 8707, section 2).</summary>
    public required string DefaultResource { get; init; }

    public required IReadOnlyList<DevUser> Users { get; init; }

    public required IReadOnlyList<Client> Clients { get; init; }
}
