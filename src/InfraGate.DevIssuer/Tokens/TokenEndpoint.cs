using InfraGate.DevIssuer.Clients;

namespace InfraGate.DevIssuer.Tokens;

/// <summary><c>POST /token</c> (OAuth 2.1, section 3.2).</summary>
internal static class TokenEndpoint
{
    public const string Path = "/token";

    public static void MapTokens(this IEndpointRouteBuilder routes) => routes.MapPost(Path, HandleAsync).AddEndpointFilter<OAuthErrorFilter>();

    private static async Task<TokenResponse> HandleAsync(HttpContext context, ClientAuthenticator authenticator, TokenGrants grants)
    {
        context.Response.Headers.Pragma = "no-cache";
        var form = await OAuthForm.ReadAsync(context.Request);
        var client = await authenticator.AuthenticateAsync(context.Request, form);
        var grantType = form.Require("grant_type");
        if (!GrantType.All.Contains(grantType, StringComparer.Ordinal))
        {
            throw new OAuthError("unsupported_grant_type", $"This issuer supports {string.Join(", ", GrantType.All)}.");
        }

        if (!client.MayUse(grantType))
        {
            throw new OAuthError("unauthorized_client", $"This client may not use {grantType}.");
        }

        return grantType switch
        {
            GrantType.AuthorizationCode => grants.RedeemCode(client, form),
            GrantType.RefreshToken => grants.Refresh(client, form),
            _ => grants.ForClientItself(client, form),
        };
    }
}
