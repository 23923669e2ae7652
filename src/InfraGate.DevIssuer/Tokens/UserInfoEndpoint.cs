using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using InfraGate.DevIssuer.Clients;
using InfraGate.DevIssuer.Users;

namespace InfraGate.DevIssuer.Tokens;

/// <summary><c>GET</c> or <c>POST /userinfo</c> with an access token that has the scope <c>openid</c> (OpenID Connect Core, section 5.3).</summary>
internal static class UserInfoEndpoint
{
    public const string Path = "/userinfo";

    public static void MapUserInfo(this IEndpointRouteBuilder routes) => routes.MapMethods(Path, ["GET", "POST"], Handle);

    private static IResult Handle(HttpContext context, JwtReader reader, UserDirectory users)
    {
        if (!AuthenticationHeaderValue.TryParse(context.Request.Headers.Authorization, out var header) || !string.Equals(header.Scheme, "Bearer", StringComparison.OrdinalIgnoreCase))
        {
            return Challenge(context, StatusCodes.Status401Unauthorized, error: null);
        }

        if (reader.ReadAccessToken(header.Parameter ?? string.Empty) is not { } token || users.Find(token.Subject) is not { } user)
        {
            return Challenge(context, StatusCodes.Status401Unauthorized, "invalid_token");
        }

        if (!token.Scope.Contains(ScopeSet.OpenId))
        {
            return Challenge(context, StatusCodes.Status403Forbidden, "insufficient_scope");
        }

        var claims = new JsonObject { ["sub"] = user.UserName };
        UserClaims.AddTo(claims, user, token.Scope);
        return Results.Json(claims);
    }

    private static IResult Challenge(HttpContext context, int status, string? error)
    {
        context.Response.Headers.WWWAuthenticate = error is null ? "Bearer" : $"Bearer error=\"{error}\", scope=\"{ScopeSet.OpenId}\"";
        return Results.StatusCode(status);
    }
}
