using System.Net.Http.Headers;
using System.Text;
using InfraGate.DevIssuer.Clients;
using InfraGate.DevIssuer.Registration;
using InfraGate.DevIssuer.SignIn;

namespace InfraGate.DevIssuer.Tokens;

/// <summary>Finds out which client is calling: by secret (Basic or in the body), or by name alone for a public client.</summary>
internal sealed class ClientAuthenticator(ClientDirectory clients, AttemptThrottle throttle)
{
    public async Task<Client> AuthenticateAsync(HttpRequest request, OAuthForm form)
    {
        var (id, secret) = ReadCredentials(request, form);
        var client = await clients.FindAsync(id, request.HttpContext.RequestAborted) ?? throw OAuthError.InvalidClient("The client is unknown. Register it again.");
        if (client.SecretHash is not { } hash)
        {
            return secret is null ? client : throw OAuthError.InvalidClient("This client is public and has no secret.");
        }

        var key = $"client:{client.Id}";
        if (throttle.TryBegin(key) is { } wait)
        {
            throw OAuthError.TooManyAttempts(wait);
        }

        if (secret is null || !ClientSecret.Matches(hash, secret))
        {
            throw OAuthError.InvalidClient("The client secret is missing or wrong.");
        }

        throttle.Succeeded(key);
        return client;
    }

    private static (string Id, string? Secret) ReadCredentials(HttpRequest request, OAuthForm form)
    {
        if (!AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var header) || !string.Equals(header.Scheme, "Basic", StringComparison.OrdinalIgnoreCase))
        {
            return (form["client_id"] ?? throw OAuthError.InvalidClient("The client_id is missing."), form["client_secret"]);
        }

        if (form["client_secret"] is not null)
        {
            throw OAuthError.InvalidRequest("Authenticate in one way only: the Authorization header or client_secret.");
        }

        var (id, secret) = ParseBasic(header.Parameter);
        return form["client_id"] is { } named && !string.Equals(named, id, StringComparison.Ordinal)
            ? throw OAuthError.InvalidRequest("The client_id differs from the Authorization header.")
            : (id, secret);
    }

    /// <summary>Both halves are form-encoded inside the Basic credentials (RFC 6749, section 2.3.1).</summary>
    private static (string Id, string? Secret) ParseBasic(string? parameter)
    {
        try
        {
            var text = Encoding.UTF8.GetString(Convert.FromBase64String(parameter ?? string.Empty));
            var colon = text.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
            {
                var secret = Decode(text[(colon + 1)..]);
                return (Decode(text[..colon]), secret.Length == 0 ? null : secret);
            }
        }
        catch (FormatException)
        {
            // Falls through to the same refusal as credentials without a colon.
        }

        throw OAuthError.InvalidClient("The Basic credentials cannot be read.");

        static string Decode(string encoded) => Uri.UnescapeDataString(encoded.Replace('+', ' '));
    }
}
