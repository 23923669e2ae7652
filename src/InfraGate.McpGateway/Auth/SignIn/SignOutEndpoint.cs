using InfraGate.ApprovalUi.Hosting;
using InfraGate.McpGateway.Configuration;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.WebUtilities;

namespace InfraGate.McpGateway.Auth.SignIn;

/// <summary>
/// <c>POST /approvals/sign-out</c>: ends this session; with <c>everywhere=true</c> every session of the person, and the one at the provider as well (OpenID Connect
/// RP-Initiated Logout 1.0).
/// </summary>
internal static class SignOutEndpoint
{
    /// <summary>Maps it.</summary>
    public static void MapSignOut(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost("/approvals/sign-out", HandleAsync).RequireAuthorization(ApproverSignIn.Policy);

    private static async Task<IResult> HandleAsync(
        HttpContext context, IAntiforgery antiforgery, ApproverSessions sessions, IssuerConfiguration issuer, GatewayOptions options, PublicAddress address)
    {
        await antiforgery.ValidateRequestAsync(context);
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var everywhere = form["everywhere"] == "true";
        var idToken = await context.GetTokenAsync(ApproverSignIn.CookieScheme, "id_token");
        if (everywhere)
        {
            sessions.EndAll(ApproverIdentity.From(context.User).Subject);
        }

        await context.SignOutAsync(ApproverSignIn.CookieScheme);
        var signedOut = address.BaseUrl.AbsoluteUri.TrimEnd('/') + "/approvals/signed-out";
        var endSession = everywhere ? await FindEndSessionAsync(issuer, context.RequestAborted) : null;
        return string.IsNullOrEmpty(endSession)
            ? Results.Redirect(signedOut)
            : Results.Redirect(QueryHelpers.AddQueryString(endSession, new Dictionary<string, string?>
            {
                ["client_id"] = options.Approval.ClientId,
                ["id_token_hint"] = idToken,
                ["post_logout_redirect_uri"] = signedOut,
            }));
    }

    private static async Task<string?> FindEndSessionAsync(IssuerConfiguration issuer, CancellationToken cancel)
    {
        try
        {
            return (await issuer.GetForAsync(keyId: null, cancel)).EndSessionEndpoint;
        }
        catch (IssuerUnavailableException)
        {
            // Every session here has ended; that the issuer could not be told changes nothing about it.
            return null;
        }
    }
}
