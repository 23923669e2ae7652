namespace InfraGate.DevIssuer.Tokens;

/// <summary><c>POST /revoke</c> (RFC 7009). A refresh token takes its whole family with it; an access token goes alone. Unknown tokens are answered alike.</summary>
internal static class RevocationEndpoint
{
    public const string Path = "/revoke";

    public static void MapRevocation(this IEndpointRouteBuilder routes) => routes.MapPost(Path, HandleAsync).AddEndpointFilter<OAuthErrorFilter>();

    private static async Task<IResult> HandleAsync(HttpContext context, ClientAuthenticator authenticator, GrantStore grants, JwtReader reader)
    {
        var form = await OAuthForm.ReadAsync(context.Request);
        var client = await authenticator.AuthenticateAsync(context.Request, form);
        var token = form.Require("token");
        if (grants.FindByRefreshToken(token) is { } grant)
        {
            if (string.Equals(grant.ClientId, client.Id, StringComparison.Ordinal))
            {
                grants.Revoke(grant.Id);
            }
        }
        else if (reader.ReadAccessToken(token) is { } access && string.Equals(access.ClientId, client.Id, StringComparison.Ordinal))
        {
            grants.RevokeAccessToken(access.TokenId, access.ExpiresAt);
        }

        return Results.Ok();
    }
}
