using InfraGate.DevIssuer.Authorization;
using InfraGate.DevIssuer.Clients;
using InfraGate.DevIssuer.Pages;
using InfraGate.DevIssuer.Users;

namespace InfraGate.DevIssuer.SignIn;

/// <summary>What happens next to an authorization request: sign-in page, consent page, or the answer.</summary>
internal sealed class SignInFlow(Interactions interactions, Consents consents, AuthorizationResponse response, UserDirectory users)
{
    public IResult AskToSignIn(HttpContext context, AuthorizationRequest request) =>
        SignInPage(interactions.Begin(context, request), request.LoginHint, problem: null, StatusCodes.Status200OK);

    public IResult AskToSignInAgain(Interaction interaction, string userName, string problem, int status) => SignInPage(interaction, userName, problem, status);

    /// <summary>For a request whose person is signed in.</summary>
    public IResult Continue(HttpContext context, AuthorizationRequest request, BrowserSession session)
    {
        if (!NeedsConsent(request, session))
        {
            return response.Code(request, session);
        }

        return request.Prompt.HasFlag(PromptModes.Silent)
            ? response.Error(request, "consent_required", "The person has not allowed this client yet.")
            : AskForConsent(interactions.Begin(context, request), session);
    }

    public bool NeedsConsent(AuthorizationRequest request, BrowserSession session) =>
        request.Prompt.HasFlag(PromptModes.Consent) || !consents.Covers(session.Subject, request.Client, request.Scope);

    public IResult AskForConsent(Interaction interaction, BrowserSession session)
    {
        var request = interaction.Request;
        var question = new ConsentQuestion
        {
            Interaction = interaction.Id,
            SessionId = session.Id,
            PersonName = users.Find(session.Subject)!.Name,
            UserName = session.Subject,
            ClientName = DisplayText.Of(request.Client.Name),
            IsSelfNamed = request.Client.Origin is not ClientOrigin.Configured,
            DescribedBy = request.Client.Origin is ClientOrigin.MetadataDocument ? request.Client.Id : null,
            Scopes = request.Scope.Values,
            Resource = request.Resource,
            RedirectUri = request.RedirectUri,
        };
        return PageResult.Of<ConsentPage>(new() { [nameof(ConsentPage.Question)] = question }, StatusCodes.Status200OK, request.RedirectUri);
    }

    private PageResult SignInPage(Interaction interaction, string? userName, string? problem, int status) => PageResult.Of<SignInPage>(
        new()
        {
            [nameof(Pages.SignInPage.Interaction)] = interaction.Id,
            [nameof(Pages.SignInPage.ClientName)] = DisplayText.Of(interaction.Request.Client.Name),
            [nameof(Pages.SignInPage.UserName)] = userName is { Length: <= 100 } ? userName : null,
            [nameof(Pages.SignInPage.Problem)] = problem,
            [nameof(Pages.SignInPage.KnownUsers)] = users.UserNames.ToList(),
        },
        status,
        interaction.Request.RedirectUri);
}
