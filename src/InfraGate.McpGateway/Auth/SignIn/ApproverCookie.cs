using InfraGate.ApprovalUi.Hosting;
using InfraGate.McpGateway.Configuration;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.Options;

namespace InfraGate.McpGateway.Auth.SignIn;

/// <summary>
/// The cookie of a signed-in approver. It holds only the key of a session that lives in the gateway, so that signing out everywhere is real; over HTTPS it has the
/// <c>__Host-</c> prefix (RFC 6265bis, section 4.1.3.2).
/// </summary>
internal sealed class ApproverCookie(GatewayOptions options, ApproverSessions sessions, TimeProvider time) : IConfigureNamedOptions<CookieAuthenticationOptions>
{
    /// <summary>How long a session may be idle: without a request that a person made.</summary>
    public static readonly TimeSpan IdleLimit = TimeSpan.FromMinutes(30);

    /// <summary>How long a session may live, however busy.</summary>
    public static readonly TimeSpan AbsoluteLimit = TimeSpan.FromHours(8);

    private const string SignedInAt = "infragate.signed-in-at";

    /// <inheritdoc />
    public void Configure(CookieAuthenticationOptions options) => Configure(Options.DefaultName, options);

    /// <inheritdoc />
    public void Configure(string? name, CookieAuthenticationOptions cookie)
    {
        if (name != ApproverSignIn.CookieScheme)
        {
            return;
        }

        var https = options.Approval.BaseUrl?.Scheme == Uri.UriSchemeHttps;
        cookie.Cookie.Name = https ? "__Host-infragate-approver" : "infragate-approver";
        cookie.Cookie.Path = ApproverSignIn.CookiePath(https);
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.Cookie.SecurePolicy = https ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
        cookie.ExpireTimeSpan = IdleLimit;
        cookie.SlidingExpiration = true;
        cookie.SessionStore = sessions;
        cookie.TimeProvider = time;
        cookie.Events.OnSigningIn = context =>
        {
            context.Properties.SetString(SignedInAt, time.GetUtcNow().ToUnixTimeSeconds().ToString());
            return Task.CompletedTask;
        };
        cookie.Events.OnValidatePrincipal = RefuseTheOldAsync;
        cookie.Events.OnCheckSlidingExpiration = context =>
        {
            context.ShouldRenew &= !BackgroundRequest.Is(context.Request);
            return Task.CompletedTask;
        };
        cookie.Events.OnRedirectToLogin = StartSignInAsync;
        cookie.Events.OnRedirectToAccessDenied = context => SetStatusAsync(context, StatusCodes.Status403Forbidden);
    }

    private async Task RefuseTheOldAsync(CookieValidatePrincipalContext context)
    {
        var age = long.TryParse(context.Properties.GetString(SignedInAt), out var at) ? time.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(at) : TimeSpan.MaxValue;
        if (age >= AbsoluteLimit)
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(ApproverSignIn.CookieScheme);
        }
    }

    /// <summary>A person who opens a page is sent to sign in; a script or a posted form is told 401, since neither could follow.</summary>
    private static Task StartSignInAsync(RedirectContext<CookieAuthenticationOptions> context)
    {
        var request = context.Request;
        var isPage = HttpMethods.IsGet(request.Method) && request.Headers.Accept.Any(accept => accept?.Contains("text/html", StringComparison.OrdinalIgnoreCase) == true || accept == "*/*");
        return isPage
            ? context.HttpContext.ChallengeAsync(ApproverSignIn.ProviderScheme, new AuthenticationProperties { RedirectUri = LocalUrl.Of(request) })
            : SetStatusAsync(context, StatusCodes.Status401Unauthorized);
    }

    private static Task SetStatusAsync(RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}
