using InfraGate.DevIssuer.Pages;
using InfraGate.DevIssuer.SignIn;

namespace InfraGate.DevIssuer.Authorization;

/// <summary><c>/authorize</c> (OAuth 2.1, section 4.1): signs the person in, asks for consent, answers with a code.</summary>
internal static class AuthorizeEndpoint
{
    public const string Path = "/authorize";

    public static void MapAuthorization(this IEndpointRouteBuilder routes) =>
        routes.MapMethods(Path, ["GET", "POST"], HandleAsync).AddEndpointFilter<AuthorizationRefusalFilter>();

    private static async Task<IResult> HandleAsync(
        HttpContext context, AuthorizationRequestReader reader, BrowserSessions sessions, SignInFlow flow, AuthorizationResponse response, TimeProvider time)
    {
        var request = await reader.ReadAsync(context.Request);
        var session = sessions.Find(context);
        var tooOld = session is not null && request.MaxAge is { } most && time.GetUtcNow() - session.SignedInAt > most;
        var mustSignIn = session is null || tooOld || request.Prompt.HasFlag(PromptModes.SignIn);
        if (request.Prompt.HasFlag(PromptModes.Silent) && mustSignIn)
        {
            return response.Error(request, "login_required", "The person is not signed in.");
        }

        return mustSignIn ? flow.AskToSignIn(context, request) : flow.Continue(context, request, session!);
    }
}
