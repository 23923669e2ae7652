using System.Buffers.Text;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Web;

namespace InfraGate.Quickstart.Walkthrough;

/// <summary>What an MCP client does to get a token: discovery from the 401 (RFC 9728, RFC 8414), registration (RFC 7591), authorization code with PKCE (RFC 7636).</summary>
internal sealed class OAuthClient(HttpClient http)
{
    private static readonly Uri Callback = new("http://127.0.0.1:33418/callback");
    private static readonly string[] RedirectUris = [Callback.AbsoluteUri];
    private static readonly string[] GrantTypes = ["authorization_code", "refresh_token"];
    private static readonly string[] ResponseTypes = ["code"];

    /// <summary>Gets an access token for the resource, as the given person.</summary>
    public async Task<string> SignInAsync(Uri resource, BrowserUser person, CancellationToken cancellationToken)
    {
        var metadata = await ReadAsync(await FindMetadataAsync(resource, cancellationToken), cancellationToken);
        var issuer = metadata.GetProperty("authorization_servers")[0].GetString()!;
        var scope = string.Join(' ', metadata.GetProperty("scopes_supported").EnumerateArray().Select(item => item.GetString()));
        var server = await ReadAsync(new Uri(issuer.TrimEnd('/') + "/.well-known/oauth-authorization-server"), cancellationToken);
        var client = await RegisterAsync(new Uri(server.GetProperty("registration_endpoint").GetString()!), scope, cancellationToken);

        var verifier = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var state = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));
        var authorize = new UriBuilder(server.GetProperty("authorization_endpoint").GetString()!)
        {
            Query = Query(("response_type", "code"), ("client_id", client), ("redirect_uri", Callback.AbsoluteUri), ("scope", scope), ("state", state),
                ("resource", resource.AbsoluteUri), ("code_challenge_method", "S256"), ("code_challenge", Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))))),
        };
        var end = await person.OpenAsync(authorize.Uri, Callback, cancellationToken);
        var answer = HttpUtility.ParseQueryString(end.Address.Query);
        if (!end.Stopped || answer["state"] != state || answer["code"] is not { } code)
        {
            throw new QuickstartException($"The sign-in did not come back with a code but ended at {end.Address.GetLeftPart(UriPartial.Path)} ({(int)end.Status}).");
        }

        using var form = new FormUrlEncodedContent(Pairs(("grant_type", "authorization_code"), ("code", code), ("redirect_uri", Callback.AbsoluteUri),
            ("client_id", client), ("code_verifier", verifier), ("resource", resource.AbsoluteUri)));
        using var response = await http.PostAsync(new Uri(server.GetProperty("token_endpoint").GetString()!), form, cancellationToken);
        var token = await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        return token.TryGetProperty("access_token", out var value) ? value.GetString()! : throw new QuickstartException($"The token endpoint answered {(int)response.StatusCode}.");
    }

    private async Task<Uri> FindMetadataAsync(Uri resource, CancellationToken cancellationToken)
    {
        using var response = await http.PostAsJsonAsync(resource, new { }, cancellationToken);
        var challenge = response.Headers.WwwAuthenticate.SingleOrDefault(header => header.Scheme == "Bearer")?.Parameter;
        const string Name = "resource_metadata=\"";
        if (response.StatusCode != HttpStatusCode.Unauthorized || challenge is null || !challenge.Contains(Name, StringComparison.Ordinal))
        {
            throw new QuickstartException($"Without a token the gateway answered {(int)response.StatusCode} and no pointer to its metadata.");
        }

        var start = challenge.IndexOf(Name, StringComparison.Ordinal) + Name.Length;
        return new Uri(challenge[start..challenge.IndexOf('"', start)]);
    }

    private async Task<string> RegisterAsync(Uri endpoint, string scope, CancellationToken cancellationToken)
    {
        using var response = await http.PostAsJsonAsync(endpoint, new
        {
            client_name = "InfraGate walkthrough",
            redirect_uris = RedirectUris,
            grant_types = GrantTypes,
            response_types = ResponseTypes,
            token_endpoint_auth_method = "none",
            scope,
        }, cancellationToken);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        return answer.TryGetProperty("client_id", out var id) ? id.GetString()! : throw new QuickstartException($"Registration answered {(int)response.StatusCode}.");
    }

    private async Task<JsonElement> ReadAsync(Uri address, CancellationToken cancellationToken) => await http.GetFromJsonAsync<JsonElement>(address, cancellationToken);

    private static string Query(params (string Name, string Value)[] values) => string.Join('&', values.Select(pair => $"{pair.Name}={Uri.EscapeDataString(pair.Value)}"));

    private static IEnumerable<KeyValuePair<string, string>> Pairs(params (string Name, string Value)[] values) => values.Select(pair => KeyValuePair.Create(pair.Name, pair.Value));
}
