using System.Text.Json.Nodes;
using InfraGate.DevIssuer.Clients;
using InfraGate.DevIssuer.Configuration;
using InfraGate.DevIssuer.Hosting;
using InfraGate.DevIssuer.Keys;
using InfraGate.DevIssuer.State;
using InfraGate.DevIssuer.Users;
using Microsoft.IdentityModel.JsonWebTokens;

namespace InfraGate.DevIssuer.Tokens;

/// <summary>Writes and signs access tokens (RFC 9068) and ID tokens (OpenID Connect Core, section 2). Their <c>typ</c> differs, so that neither passes for the other.</summary>
internal sealed class JwtIssuer(IssuerOptions options, IssuerAddress address, SigningKeyRing keys, TimeProvider time)
{
    public const string AccessTokenType = "at+jwt";
    public const string IdTokenType = "JWT";
    public const string GrantClaim = "grant_id";

    private static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false };

    public int AccessTokenSeconds => (int)options.AccessTokenLifetime.TotalSeconds;

    public string WriteAccessToken(AccessGrant grant, Client client, DevUser user, ScopeSet scope)
    {
        var claims = AccessClaims(user.UserName, grant.ClientId, grant.Resource, scope, user.Groups);
        claims["name"] = user.Name;
        claims["client_name"] = client.Name;
        claims["auth_time"] = grant.SignedInAt.ToUnixTimeSeconds();
        claims[GrantClaim] = grant.Id;
        return Sign(claims, AccessTokenType);
    }

    /// <summary>A token that a client gets for itself: the subject is the client.</summary>
    public string WriteAccessToken(Client client, string resource, ScopeSet scope)
    {
        var claims = AccessClaims(client.Id, client.Id, resource, scope, client.Groups);
        claims["name"] = client.Name;
        return Sign(claims, AccessTokenType);
    }

    public string WriteIdToken(AccessGrant grant, DevUser user, ScopeSet scope)
    {
        var claims = Claims(user.UserName, grant.ClientId);
        claims["auth_time"] = grant.SignedInAt.ToUnixTimeSeconds();
        if (grant.Nonce is not null)
        {
            claims["nonce"] = grant.Nonce;
        }

        if (grant.SessionId is not null)
        {
            claims["sid"] = grant.SessionId;
        }

        UserClaims.AddTo(claims, user, scope);
        return Sign(claims, IdTokenType);
    }

    private JsonObject AccessClaims(string subject, string clientId, string audience, ScopeSet scope, IReadOnlyList<string> groups)
    {
        var claims = Claims(subject, audience);
        claims["client_id"] = clientId;
        claims["scope"] = scope.ToString();
        claims["jti"] = RandomToken.CreateId();
        claims["groups"] = UserClaims.ToArray(groups);
        return claims;
    }

    private JsonObject Claims(string subject, string audience)
    {
        var now = time.GetUtcNow();
        return new JsonObject
        {
            ["iss"] = address.Value,
            ["sub"] = subject,
            ["aud"] = audience,
            ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = (now + options.AccessTokenLifetime).ToUnixTimeSeconds(),
        };
    }

    private string Sign(JsonObject claims, string type) =>
        Handler.CreateToken(claims.ToJsonString(), keys.Credentials, new Dictionary<string, object>(StringComparer.Ordinal) { ["typ"] = type });
}
