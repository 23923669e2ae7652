using InfraGate.McpGateway.Configuration;

namespace InfraGate.McpGateway.Transport;

/// <summary>Headers that keep browsers from sniffing, framing, leaking or keeping what the gateway answers. A page may set a policy of its own.</summary>
internal static class SecurityHeaders
{
    /// <summary>Adds them to every response.</summary>
    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app)
    {
        var https = app.ApplicationServices.GetRequiredService<GatewayOptions>().Approval.BaseUrl?.Scheme == Uri.UriSchemeHttps;
        return app.Use(next => context =>
        {
            var headers = context.Response.Headers;
            headers.XContentTypeOptions = "nosniff";
            headers.XFrameOptions = "DENY";
            headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
            headers.CacheControl = "no-store";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";

            // Not no-referrer: with that, browsers send Origin: null with a form of our own pages.
            headers["Referrer-Policy"] = "same-origin";
            if (https)
            {
                headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";
            }

            return next(context);
        });
    }
}
