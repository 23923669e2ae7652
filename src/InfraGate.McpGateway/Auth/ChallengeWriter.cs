using InfraGate.McpGateway.Configuration;

namespace InfraGate.McpGateway.Auth;

/// <summary>Answers callers that may not go on, as RFC 6750 and RFC 9728 ask: with a challenge that says where to sign in and for which scope.</summary>
internal sealed class ChallengeWriter(PublicAddress address, GatewayOptions options)
{
    private readonly string _scope = string.Join(' ', options.OAuth.Scopes.Select(options.OAuth.Advertised));

    /// <summary>401. <c>error</c> is named only when a credential was sent: Codex reads it as a refusal to sign in at all.</summary>
    public Task UnauthenticatedAsync(HttpContext context, bool refused)
    {
        var error = refused ? "error=\"invalid_token\", error_description=\"The access token or key is not valid here\", " : "";
        return WriteAsync(context, StatusCodes.Status401Unauthorized, error, _scope, refused ? "invalid_token" : "unauthenticated",
            refused ? "The access token or key is not valid here." : "Sign in: this endpoint needs an access token.");
    }

    /// <summary>403 with the scope that would do (RFC 6750, section 3.1).</summary>
    public Task InsufficientScopeAsync(HttpContext context, string needed) =>
        WriteAsync(
            context, StatusCodes.Status403Forbidden, "error=\"insufficient_scope\", ", options.OAuth.Advertised(needed), "insufficient_scope", $"This call needs the scope {needed}.");

    /// <summary>503: the issuer cannot be reached, so nobody new can be let in and nobody is told that their token is bad.</summary>
    public static Task IssuerUnavailableAsync(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "5";
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        return context.Response.WriteAsJsonAsync(new ErrorBody("temporarily_unavailable", "The token issuer cannot be reached. Try again in a few seconds."), context.RequestAborted);
    }

    private Task WriteAsync(HttpContext context, int status, string error, string scope, string code, string description)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.WWWAuthenticate = $"Bearer {error}resource_metadata=\"{address.MetadataUrl}\", scope=\"{scope}\"";
        return context.Response.WriteAsJsonAsync(new ErrorBody(code, description), context.RequestAborted);
    }

    private sealed record ErrorBody(
        [property: System.Text.Json.Serialization.JsonPropertyName("error")] string Error,
        [property: System.Text.Json.Serialization.JsonPropertyName("error_description")] string Description);
}
