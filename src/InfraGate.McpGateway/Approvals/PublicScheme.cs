using InfraGate.McpGateway.Configuration;

namespace InfraGate.McpGateway.Approvals;

/// <summary>
/// Behind a proxy that ends TLS the pages' requests arrive in plain HTTP. That the browser spoke HTTPS is known from the configured base URL, never from a forwarded header that anybody
/// can send; without it the secure form cookie could not be issued.
/// </summary>
internal static class PublicScheme
{
    /// <summary>Takes the scheme of the base URL for requests to its host under <c>/approvals</c>.</summary>
    public static IApplicationBuilder UsePublicScheme(this IApplicationBuilder app)
    {
        if (app.ApplicationServices.GetRequiredService<GatewayOptions>().Approval.BaseUrl is not { } address || address.Scheme != Uri.UriSchemeHttps)
        {
            return app;
        }

        return app.Use(next => context =>
        {
            var request = context.Request;
            if (request.Path.StartsWithSegments("/approvals", StringComparison.Ordinal) && string.Equals(request.Host.Value, address.Authority, StringComparison.OrdinalIgnoreCase))
            {
                request.Scheme = Uri.UriSchemeHttps;
            }

            return next(context);
        });
    }
}
