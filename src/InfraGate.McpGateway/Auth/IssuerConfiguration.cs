using System.Text.Json;
using InfraGate.McpGateway.Configuration;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace InfraGate.McpGateway.Auth;

/// <summary>
/// The issuer's identity and current keys, from OpenID Connect discovery or RFC 8414 metadata. Read on first use, again each hour, and at once when a
/// token names an unknown key, but for that no more often than <see cref="OAuthOptions.KeyRefreshInterval"/>: a flood of made-up key ids must not
/// become a flood on the issuer.
/// </summary>
internal sealed partial class IssuerConfiguration(
    GatewayOptions options, HttpClient http, VerifiedCredentialCache verified, TimeProvider time, ILogger<IssuerConfiguration> logger)
    : IConfigurationManager<OpenIdConnectConfiguration>, IDisposable
{
    private static readonly TimeSpan s_regularRefresh = TimeSpan.FromHours(1);

    private readonly SemaphoreSlim _lock = new(1, 1);
    private OpenIdConnectConfiguration? _current;

    // Read without the lock, and therefore one word: the time of the last fetch, in ticks of UTC.
    private long _fetched;

    /// <summary>Whether the issuer promises <c>iss</c> in authorization responses (RFC 9207); known once the metadata was read.</summary>
    public bool NamesItselfInResponses { get; private set; }

    private TimeSpan Age => time.GetUtcNow() - new DateTimeOffset(Volatile.Read(ref _fetched), TimeSpan.Zero);

    /// <inheritdoc />
    public Task<OpenIdConnectConfiguration> GetConfigurationAsync(CancellationToken cancel) => GetForAsync(keyId: null, cancel).AsTask();

    /// <summary>The configuration, refreshed first if it is old or does not hold the key. Throws <see cref="IssuerUnavailableException"/> when there is none.</summary>
    public async ValueTask<OpenIdConnectConfiguration> GetForAsync(string? keyId, CancellationToken cancel)
    {
        if (_current is { } current && !NeedsFetch(current, keyId))
        {
            return current;
        }

        await _lock.WaitAsync(cancel);
        try
        {
            return _current is { } fresh && !NeedsFetch(fresh, keyId) ? fresh : await FetchOrKeepAsync(cancel);
        }
        finally
        {
            _lock.Release();
        }
    }

    /// <inheritdoc />
    public void RequestRefresh()
    {
        if (Age >= options.OAuth.KeyRefreshInterval)
        {
            Volatile.Write(ref _fetched, 0);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _lock.Dispose();

    private bool NeedsFetch(OpenIdConnectConfiguration current, string? keyId)
    {
        var age = Age;
        return age >= s_regularRefresh
            || (keyId is not null && age >= options.OAuth.KeyRefreshInterval && !current.SigningKeys.Any(key => key.KeyId == keyId));
    }

    private async Task<OpenIdConnectConfiguration> FetchOrKeepAsync(CancellationToken cancel)
    {
        if (_current is null && Age < TimeSpan.FromSeconds(1))
        {
            throw new IssuerUnavailableException("The issuer could not be read a moment ago.");
        }

        Volatile.Write(ref _fetched, time.GetUtcNow().UtcTicks);
        try
        {
            var fetched = await FetchAsync(cancel);
            var changed = _current is { } old && !old.SigningKeys.Select(key => key.KeyId).ToHashSet().SetEquals(fetched.SigningKeys.Select(key => key.KeyId));
            _current = fetched;
            LogRead(options.OAuth.Authority.AbsoluteUri, fetched.SigningKeys.Count);
            if (changed)
            {
                // Verdicts reached with a key that is gone must not outlive it.
                verified.Clear();
            }

            return fetched;
        }
        catch (Exception failure) when (failure is HttpRequestException or JsonException or InvalidDataException or FormatException or TaskCanceledException
            && !cancel.IsCancellationRequested)
        {
            LogUnreadable(options.OAuth.Authority.AbsoluteUri, failure.Message);
            return _current ?? throw new IssuerUnavailableException("The issuer cannot be read.", failure);
        }
    }

    private async Task<OpenIdConnectConfiguration> FetchAsync(CancellationToken cancel)
    {
        using var metadata = await ReadMetadataAsync(cancel);
        var root = metadata.RootElement;
        var issuer = Required(root, "issuer");
        if (issuer.TrimEnd('/') != options.OAuth.Authority.AbsoluteUri.TrimEnd('/'))
        {
            // RFC 8414, section 3.3: metadata that names another issuer must not be used.
            throw new InvalidDataException($"The metadata names the issuer '{issuer}'.");
        }

        var keysUrl = new Uri(Required(root, "jwks_uri"));
        if (options.OAuth.RequireHttpsMetadata && keysUrl.Scheme != Uri.UriSchemeHttps)
        {
            throw new InvalidDataException("The metadata gives a key set over plain HTTP.");
        }

        var configuration = new OpenIdConnectConfiguration
        {
            Issuer = issuer,
            JwksUri = keysUrl.AbsoluteUri,
            AuthorizationEndpoint = Optional(root, "authorization_endpoint"),
            TokenEndpoint = Optional(root, "token_endpoint"),
            EndSessionEndpoint = Optional(root, "end_session_endpoint"),
        };
        foreach (var scope in Strings(root, "scopes_supported"))
        {
            configuration.ScopesSupported.Add(scope);
        }

        NamesItselfInResponses = root.TryGetProperty("authorization_response_iss_parameter_supported", out var names) && names.ValueKind == JsonValueKind.True;
        using var set = await ReadAsync(keysUrl, cancel);
        foreach (var key in JsonWebKeyReader.Read(set.RootElement))
        {
            configuration.SigningKeys.Add(key);
        }

        return configuration;
    }

    private async Task<JsonDocument> ReadMetadataAsync(CancellationToken cancel)
    {
        var authority = options.OAuth.Authority;
        try
        {
            return await ReadAsync(new Uri(authority.AbsoluteUri.TrimEnd('/') + "/.well-known/openid-configuration"), cancel);
        }
        catch (HttpRequestException missing) when (missing.StatusCode == System.Net.HttpStatusCode.NotFound)
        {
            var path = authority.AbsolutePath.TrimEnd('/');
            return await ReadAsync(new Uri(authority.GetLeftPart(UriPartial.Authority) + "/.well-known/oauth-authorization-server" + path), cancel);
        }
    }

    private async Task<JsonDocument> ReadAsync(Uri url, CancellationToken cancel)
    {
        var body = await http.GetByteArrayAsync(url, cancel);
        return JsonDocument.Parse(body);
    }

    private static string? Optional(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static IEnumerable<string> Strings(JsonElement root, string name) =>
        root.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)
            : [];

    private static string Required(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text
            ? text
            : throw new InvalidDataException($"The issuer's metadata has no '{name}'.");

    [LoggerMessage(LogLevel.Information, "Read {Keys} signing keys of issuer {Issuer}")]
    private partial void LogRead(string issuer, int keys);

    [LoggerMessage(LogLevel.Warning, "Issuer {Issuer} cannot be read: {Reason}")]
    private partial void LogUnreadable(string issuer, string reason);
}
