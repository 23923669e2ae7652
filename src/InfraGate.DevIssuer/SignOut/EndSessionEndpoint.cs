using InfraGate.DevIssuer.Authorization;
using InfraGate.DevIssuer.Hosting;
using InfraGate.DevIssuer.Pages;
using InfraGate.DevIssuer.Registration;
using InfraGate.DevIssuer.SignIn;
using InfraGate.DevIssuer.Tokens;

namespace InfraGate.DevIssuer.SignOut;

/// <summary>
/// <c>/end-session</c> (OpenID RP-Initiated Logout 1.0). With an ID token of the session it signs out at once; without one it asks, so that
/// another site cannot sign anyone out. Returns only to addresses the client registered (open redirect).
/// </summary>
internal static class EndSessionEndpoint
{
    public const string Path = "/end-session";

    /// <summary>Under the path of the session cookie.</summary>
    public const string ConfirmPath = AuthorizeEndpoint.Path + "/sign-out";

    public static void MapEndSession(this IEndpointRouteBuilder routes)
    {
        routes.MapMethods(Path, ["GET", "POST"], HandleAsync);
        routes.MapPost(ConfirmPath, Confirm).AddEndpointFilter<SameOriginFormFilter>();
    }

    private static async Task<IResult> HandleAsync(HttpContext context, JwtReader reader, ClientDirectory clients, BrowserSessions sessions)
    {
        var parameters = await ReadAsync(context);
        var hint = parameters("id_token_hint") is { } token ? reader.ReadIdTokenHint(token) : null;
        var clientId = hint?.Audience ?? parameters("client_id");
        var target = parameters("post_logout_redirect_uri");
        if (target is not null)
        {
            var client = clientId is null ? null : await clients.FindAsync(clientId, context.RequestAborted);
            if (client?.MayRedirectAfterSignOutTo(target) is not true)
            {
                return PageResult.Notice("The way back is not known", "The address to return to after signing out is not one that this client registered.", StatusCodes.Status400BadRequest);
            }
        }

        if (hint?.SessionId is not { } sessionId)
        {
            return PageResult.Of<SignOutPage>([], StatusCodes.Status200OK);
        }

        sessions.End(sessionId);
        return target is null ? SignedOut() : new SeeOther(WithState(target, parameters("state")));
    }

    private static PageResult Confirm(HttpContext context, BrowserSessions sessions)
    {
        sessions.End(context);
        return SignedOut();
    }

    private static PageResult SignedOut() =>
        PageResult.Notice("You are signed out", "Programs that you allowed earlier keep their own sign-in until you sign out there.", StatusCodes.Status200OK);

    private static string WithState(string target, string? state) => state is null
        ? target
        : $"{target}{(target.Contains('?', StringComparison.Ordinal) ? '&' : '?')}state={Uri.EscapeDataString(state)}";

    private static async Task<Func<string, string?>> ReadAsync(HttpContext context)
    {
        if (!context.Request.HasFormContentType)
        {
            return name => context.Request.Query[name] is [{ Length: > 0 } value] ? value : null;
        }

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        return name => form[name] is [{ Length: > 0 } value] ? value : null;
    }
}
