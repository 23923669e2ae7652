using Microsoft.AspNetCore.Authentication.OAuth;

namespace InfraGate.McpGateway.Auth.SignIn;

/// <summary>The framework's OAuth options without its insistence on a client secret and fixed endpoints: a public client with PKCE has no secret, and endpoints may be discovered.</summary>
internal sealed class OpenIdSignInOptions : OAuthOptions
{
    /// <inheritdoc />
    public override void Validate(string scheme)
    {
        if (string.IsNullOrEmpty(ClientId) || !CallbackPath.HasValue)
        {
            throw new InvalidOperationException("The approval sign-in has no client id or callback path.");
        }
    }
}
