using InfraGate.ApprovalUi.Hosting;
using InfraGate.McpGateway.Configuration;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace InfraGate.McpGateway.Auth.SignIn;

/// <summary>
/// Registers the one way in which a person becomes an approver: an authorization-code sign-in for the approval client, kept in a cookie that nothing else accepts or issues.
/// A bearer token, an API key or an MCP session is not looked at under <c>/approvals</c>.
/// </summary>
internal static class ApproverSignIn
{
    /// <summary>The cookie scheme of a signed-in approver.</summary>
    public const string CookieScheme = "approver";

    /// <summary>The scheme that signs approvers in.</summary>
    public const string ProviderScheme = "approver-provider";

    /// <summary>The authorization policy of everything under <c>/approvals</c>.</summary>
    public const string Policy = "approver";

    /// <summary>Where the provider sends the browser back to.</summary>
    public const string CallbackPath = "/approvals/signin-callback";

    /// <summary>
    /// Where browsers send the approver's cookies. They know no ports: over plain HTTP every program on another port of the host would get cookies for <c>/</c>. Over HTTPS the <c>__Host-</c>
    /// prefix demands <c>/</c>.
    /// </summary>
    public static string CookiePath(bool https) => https ? "/" : "/approvals";

    /// <summary>Adds schemes, policy and the key ring that protects state and cookies across restarts.</summary>
    public static IServiceCollection AddApproverSignIn(this IServiceCollection services, GatewayOptions options)
    {
        services.AddDataProtection()
            .SetApplicationName("InfraGate.Approvals")
            .PersistKeysToFileSystem(KeyRing.Prepare(Path.Combine(options.Storage.KeyRoot, "data-protection")));
        services.AddSingleton<ApproverSessions>();
        services.AddSingleton<IdTokenVerifier>();
        services.AddSingleton<IConfigureOptions<CookieAuthenticationOptions>, ApproverCookie>();
        services.AddAuthentication()
            .AddCookie(CookieScheme)
            .AddOAuth<OpenIdSignInOptions, OpenIdSignInHandler>(ProviderScheme, "OpenID Connect", provider => Configure(provider, options));
        services.AddAuthorizationBuilder().AddPolicy(Policy, policy => policy
            .AddAuthenticationSchemes(CookieScheme)
            .RequireAuthenticatedUser()
            .RequireAssertion(context => context.User.Identities.Any(identity => identity.IsAuthenticated && identity.AuthenticationType == ApproverIdentity.Scheme)));
        return services;
    }

    private static void Configure(OpenIdSignInOptions provider, GatewayOptions options)
    {
        provider.SignInScheme = CookieScheme;
        provider.ClientId = options.Approval.ClientId;
        provider.ClientSecret = options.Approval.ClientSecret ?? string.Empty;
        provider.CallbackPath = CallbackPath;
        provider.UsePkce = true;
        provider.SaveTokens = false;
        provider.Scope.Clear();
        foreach (var scope in options.Approval.Scopes)
        {
            provider.Scope.Add(scope);
        }

        // With the path of the callback it could not have the prefix, and another host of the same site could plant one of its own.
        var https = options.Approval.BaseUrl?.Scheme == Uri.UriSchemeHttps;
        provider.CorrelationCookie.Name = https ? "__Host-infragate-sign-in." : "infragate-sign-in.";
        provider.CorrelationCookie.Path = CookiePath(https);
        provider.CorrelationCookie.SameSite = SameSiteMode.Lax;
        provider.CorrelationCookie.SecurePolicy = https ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
        provider.RemoteAuthenticationTimeout = TimeSpan.FromMinutes(10);
        provider.Events.OnRemoteFailure = SignInProblems.RedirectAsync;
    }
}
