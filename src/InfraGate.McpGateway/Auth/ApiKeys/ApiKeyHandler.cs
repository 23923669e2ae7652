using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace InfraGate.McpGateway.Auth.ApiKeys;

/// <summary>Authenticates requests that carry <c>X-InfraGate-API-Key</c>, for clients that cannot do OAuth. The key is taken from that header only.</summary>
internal sealed class ApiKeyHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, ApiKeyVerifier verifier, ChallengeWriter challenges)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    /// <summary>The header that carries the key.</summary>
    public const string Header = "X-InfraGate-API-Key";

    /// <inheritdoc />
    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        // Two credentials could name two callers; which one counts must not be a matter of luck.
        var values = Request.Headers[Header];
        if (values.Count != 1 || Request.Headers.Authorization.Count > 0)
        {
            return Task.FromResult(AuthenticateResult.Fail("exactly one credential is accepted"));
        }

        var result = verifier.Verify(values.ToString()) is { } principal
            ? AuthenticateResult.Success(new AuthenticationTicket(principal, Scheme.Name))
            : AuthenticateResult.Fail("the API key is unknown, expired or revoked");
        return Task.FromResult(result);
    }

    /// <inheritdoc />
    protected override Task HandleChallengeAsync(AuthenticationProperties properties) => challenges.UnauthenticatedAsync(Context, refused: true);
}
