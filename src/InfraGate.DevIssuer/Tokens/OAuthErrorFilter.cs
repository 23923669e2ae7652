using System.Text.Json.Serialization;

namespace InfraGate.DevIssuer.Tokens;

/// <summary>The one place where an <see cref="OAuthError"/> becomes a JSON answer.</summary>
internal sealed class OAuthErrorFilter : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (OAuthError refused)
        {
            var headers = context.HttpContext.Response.Headers;
            if (refused.Status == StatusCodes.Status401Unauthorized)
            {
                headers.WWWAuthenticate = "Basic realm=\"infragate-dev-issuer\"";
            }

            if (refused.RetryAfterSeconds is { } seconds)
            {
                headers.RetryAfter = seconds.ToString();
            }

            return Results.Json(new Body(refused.Code, refused.Message), statusCode: refused.Status);
        }
    }

    internal sealed record Body([property: JsonPropertyName("error")] string Error, [property: JsonPropertyName("error_description")] string Description);
}
