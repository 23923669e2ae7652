using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace InfraGate.ApprovalUi.Hosting;

/// <summary>
/// The Content-Security-Policy of the approval pages: their own style sheet, script and images, no inline code, no frame, no other host. Forms may end at the issuer, since browsers apply
/// <c>form-action</c> to the redirect after a sign-out too.
/// </summary>
public static class PageHeaders
{
    /// <summary>Sets it for everything under <c>/approvals</c>.</summary>
    /// <param name="app">The host.</param>
    /// <param name="issuerOrigin">Scheme, host and port of the issuer that people sign in at.</param>
    public static IApplicationBuilder UsePageHeaders(this IApplicationBuilder app, string issuerOrigin)
    {
        var policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
            + $"form-action 'self' {issuerOrigin}; frame-ancestors 'none'; base-uri 'none'";
        return app.UseWhen(context => context.Request.Path.StartsWithSegments("/approvals", StringComparison.Ordinal), pages => pages.Use(next => context =>
        {
            context.Response.Headers.ContentSecurityPolicy = policy;
            return next(context);
        }));
    }
}
