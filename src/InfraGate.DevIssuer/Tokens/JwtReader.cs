using InfraGate.DevIssuer.Clients;
using InfraGate.DevIssuer.Hosting;
using InfraGate.DevIssuer.Keys;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace InfraGate.DevIssuer.Tokens;

/// <summary>Verifies tokens that this issuer signed: its own algorithm, type, issuer and keys only (no <c>none</c>, no HMAC, no ID token for an access token).</summary>
internal sealed class JwtReader(IssuerAddress address, SigningKeyRing keys, GrantStore grants, TimeProvider time)
{
    private static readonly JsonWebTokenHandler Handler = new();

    /// <summary>The token when it is genuine, not expired and not revoked.</summary>
    public ReadToken? ReadAccessToken(string token) =>
        Verify(token, JwtIssuer.AccessTokenType) is { } jwt
        && jwt.ExpiresAt > time.GetUtcNow()
        && grants.IsActive(jwt.TokenId, jwt.GrantId)
            ? jwt
            : null;

    /// <summary>A genuine ID token, expired or not: as a hint it only says who signs out (OpenID RP-Initiated Logout, section 2).</summary>
    public ReadToken? ReadIdTokenHint(string token) => Verify(token, JwtIssuer.IdTokenType);

    private ReadToken? Verify(string token, string type)
    {
        if (token.Length > 8_192 || !Handler.CanReadToken(token))
        {
            return null;
        }

        var result = Handler.ValidateToken(token, new TokenValidationParameters
        {
            ValidIssuer = address.Value,
            ValidTypes = [type],
            IssuerSigningKeys = keys.Published.Select(key => key.Security),
            RequireSignedTokens = true,
            ValidateAudience = false,
            ValidateLifetime = false,
        });
        return result is { IsValid: true, SecurityToken: JsonWebToken jwt } && string.Equals(jwt.Alg, SigningKey.Algorithm, StringComparison.Ordinal)
            ? new ReadToken(jwt)
            : null;
    }
}
