using InfraGate.DevIssuer.Authorization;
using InfraGate.DevIssuer.Hosting;
using InfraGate.DevIssuer.Pages;
using InfraGate.DevIssuer.Users;

namespace InfraGate.DevIssuer.SignIn;

/// <summary>The forms of the sign-in and consent pages.</summary>
internal static class SignInEndpoints
{
    public const string SignInPath = AuthorizeEndpoint.Path + "/sign-in";
    public const string ConsentPath = AuthorizeEndpoint.Path + "/consent";

    public static void MapSignIn(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(SignInPath, SignInAsync).AddEndpointFilter<SameOriginFormFilter>();
        routes.MapGet(ConsentPath, ShowConsent);
        routes.MapPost(ConsentPath, DecideAsync).AddEndpointFilter<SameOriginFormFilter>();
    }

    private static async Task<IResult> SignInAsync(
        HttpContext context, Interactions interactions, AttemptThrottle throttle, UserDirectory users, BrowserSessions sessions, SignInFlow flow, AuthorizationResponse response)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (interactions.Find(context, form["interaction"]) is not { } interaction)
        {
            return PageGone();
        }

        var userName = form["username"].ToString().Trim();
        if (throttle.TryBegin($"user:{userName}") is { } wait)
        {
            var seconds = (int)Math.Ceiling(wait.TotalSeconds);
            context.Response.Headers.RetryAfter = seconds.ToString();
            return flow.AskToSignInAgain(interaction, userName, $"Too many attempts. Try again in {seconds} seconds.", StatusCodes.Status429TooManyRequests);
        }

        if (users.Authenticate(userName, form["password"].ToString()) is not { } user)
        {
            return flow.AskToSignInAgain(interaction, userName, "The user name or the password is wrong.", StatusCodes.Status401Unauthorized);
        }

        throttle.Succeeded($"user:{userName}");
        var session = sessions.Start(context, user);
        if (flow.NeedsConsent(interaction.Request, session))
        {
            return new SeeOther($"{ConsentPath}?interaction={interaction.Id}");
        }

        return interactions.TryClose(interaction) ? response.Code(interaction.Request, session) : PageGone();
    }

    private static IResult ShowConsent(HttpContext context, Interactions interactions, BrowserSessions sessions, SignInFlow flow, string? interaction) =>
        interactions.Find(context, interaction) is { } open && sessions.Find(context) is { } session ? flow.AskForConsent(open, session) : PageGone();

    private static async Task<IResult> DecideAsync(
        HttpContext context, Interactions interactions, BrowserSessions sessions, Consents consents, SignInFlow flow, AuthorizationResponse response)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (interactions.Find(context, form["interaction"]) is not { } interaction || sessions.Find(context) is not { } session)
        {
            return PageGone();
        }

        // Someone else may have signed in from another tab since the page was shown: a consent counts only for the person it named.
        if (!string.Equals(form["session"], session.Id, StringComparison.Ordinal) || !interactions.TryClose(interaction))
        {
            return PageGone();
        }

        switch (form["decision"].ToString())
        {
            case "allow":
                consents.Remember(session.Subject, interaction.Request.Client, interaction.Request.Scope);
                return response.Code(interaction.Request, session);
            case "switch":
                sessions.End(context);
                return flow.AskToSignIn(context, interaction.Request with { LoginHint = null });
            default:
                return response.Error(interaction.Request, "access_denied", "The person did not allow it.");
        }
    }

    private static PageResult PageGone() => PageResult.Notice(
        "This page is no longer valid",
        "It has expired, was used already, or belongs to another browser. Go back to the program that sent you here and start the sign-in again.",
        StatusCodes.Status400BadRequest);
}
