using System.Text.Json.Nodes;
using InfraGate.DevIssuer.Hosting;
using InfraGate.DevIssuer.Users;

namespace InfraGate.DevIssuer.Tokens;

/// <summary><c>POST /introspect</c> (RFC 7662), for clients with a secret. Says nothing about a token beyond "inactive" unless it is valid now.</summary>
internal static class IntrospectionEndpoint
{
    public const string Path = "/introspect";

    public static void MapIntrospection(this IEndpointRouteBuilder routes) => routes.MapPost(Path, HandleAsync).AddEndpointFilter<OAuthErrorFilter>();

    private static async Task<JsonObject> HandleAsync(HttpContext context, ClientAuthenticator authenticator, GrantStore grants, JwtReader reader, IssuerAddress address)
    {
        var form = await OAuthForm.ReadAsync(context.Request);
        var client = await authenticator.AuthenticateAsync(context.Request, form);
        if (client.IsPublic)
        {
            throw OAuthError.InvalidClient("Only a client with a secret may ask about tokens.");
        }

        var token = form.Require("token");
        if (reader.ReadAccessToken(token) is { } access)
        {
            return Describe(access, address.Value);
        }

        return grants.FindByRefreshToken(token) is { } grant && grants.IsCurrent(grant, token)
            ? Describe(grant, address.Value)
            : new JsonObject { ["active"] = false };
    }

    private static JsonObject Describe(ReadToken token, string issuer) => new()
    {
        ["active"] = true,
        ["iss"] = issuer,
        ["token_type"] = "Bearer",
        ["sub"] = token.Subject,
        ["username"] = token.Subject,
        ["name"] = token.Name,
        ["groups"] = UserClaims.ToArray(token.Groups),
        ["client_id"] = token.ClientId,
        ["scope"] = token.Scope.ToString(),
        ["aud"] = token.Audience,
        ["jti"] = token.TokenId,
        ["iat"] = token.IssuedAt.ToUnixTimeSeconds(),
        ["exp"] = token.ExpiresAt.ToUnixTimeSeconds(),
    };

    private static JsonObject Describe(AccessGrant grant, string issuer) => new()
    {
        ["active"] = true,
        ["iss"] = issuer,
        ["token_type"] = "refresh_token",
        ["sub"] = grant.Subject,
        ["client_id"] = grant.ClientId,
        ["scope"] = grant.Scope.ToString(),
        ["aud"] = grant.Resource,
        ["exp"] = grant.ExpiresAt.ToUnixTimeSeconds(),
    };
}
