using InfraGate.McpGateway.Configuration;

namespace InfraGate.McpGateway.Approvals;

/// <summary>
/// The Content-Security-Policy of the approval pages: their own style sheet, script and images, no inline code, no frame, no other host. Forms may end at the issuer, since browsers apply
/// <c>form-action</c> to the redirect after a sign-out too.
/// </summary>
internal static class PageHeaders
{
    /// <summary>Sets it for everything under <c>/approvals</c>.</summary>
    public static IApplicationBuilder UsePageHeaders(this IApplicationBuilder app)
    {
        var issuer = app.ApplicationServices.GetRequiredService<GatewayOptions>().OAuth.Authority.GetLeftPart(UriPartial.Authority);
        var policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
            + $"form-action 'self' {issuer}; frame-ancestors 'none'; base-uri 'none'";
        return app.UseWhen(context => context.Request.Path.StartsWithSegments("/approvals", StringComparison.Ordinal), pages => pages.Use(next => context =>
        {
            context.Response.Headers.ContentSecurityPolicy = policy;
            return next(context);
        }));
    }
}
