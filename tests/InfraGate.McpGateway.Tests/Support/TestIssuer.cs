using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace InfraGate.McpGateway.Tests.Support;

/// <summary>An issuer that signs whatever a test asks for, right or wrong, and counts how often its keys are fetched.</summary>
internal sealed class TestIssuer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly List<(string Kid, RSA Key)> _published = [];
    private int _keyFetches;

    private TestIssuer(WebApplication app) => _app = app;

    public string Url => _app.Urls.First();

    public int KeyFetches => Volatile.Read(ref _keyFetches);

    public bool IsDown { get; set; }

    /// <summary>The issuer that the metadata names; the URL unless a test lies about it.</summary>
    public string? ClaimedIssuer { get; set; }

    /// <summary>Whether the metadata promises <c>iss</c> in authorization responses (RFC 9207).</summary>
    public bool NamesItself { get; set; } = true;

    /// <summary>What the token endpoint answers to a code; null refuses it.</summary>
    public Func<IFormCollection, JsonObject?>? AnswerToCode { get; set; }

    /// <summary>The forms that the token endpoint received.</summary>
    public ConcurrentQueue<IFormCollection> CodeExchanges { get; } = [];

    public (string Kid, RSA Key) Current { get; private set; }

    public ECDsa EcKey { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public static async Task<TestIssuer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var issuer = new TestIssuer(builder.Build());
        issuer.Rotate(keepOld: false);
        issuer._app.MapGet("/.well-known/openid-configuration", () => issuer.IsDown
            ? Results.StatusCode(503)
            : Results.Json(new
            {
                issuer = issuer.ClaimedIssuer ?? issuer.Url,
                jwks_uri = issuer.Url + "/jwks",
                authorization_endpoint = issuer.Url + "/authorize",
                token_endpoint = issuer.Url + "/token",
                end_session_endpoint = issuer.Url + "/end-session",
                authorization_response_iss_parameter_supported = issuer.NamesItself,
            }));
        issuer._app.MapPost("/token", async (HttpRequest request) =>
        {
            var form = await request.ReadFormAsync();
            issuer.CodeExchanges.Enqueue(form);
            return issuer.AnswerToCode?.Invoke(form) is { } answer ? Results.Json(answer) : Results.BadRequest(new { error = "invalid_grant" });
        });
        issuer._app.MapGet("/jwks", () =>
        {
            Interlocked.Increment(ref issuer._keyFetches);
            return Results.Json(new { keys = issuer.PublicKeys() });
        });
        await issuer._app.StartAsync();
        return issuer;
    }

    /// <summary>Signs with a new key from now on.</summary>
    public void Rotate(bool keepOld)
    {
        if (!keepOld)
        {
            _published.Clear();
        }

        Current = ("rsa-" + Guid.NewGuid().ToString("N")[..8], RSA.Create(2048));
        _published.Add(Current);
    }

    /// <summary>A good access token, changed as the test wants.</summary>
    public string Token(string resource, string subject = "alice", string scope = "mcp:tools", string client = "test-client", Action<JsonObject>? payload = null, Action<JsonObject>? header = null)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var claims = new JsonObject
        {
            ["iss"] = Url,
            ["aud"] = resource,
            ["sub"] = subject,
            ["name"] = "Name of " + subject,
            ["client_id"] = client,
            ["scope"] = scope,
            ["groups"] = new JsonArray("platform"),
            ["iat"] = now,
            ["nbf"] = now,
            ["exp"] = now + 600,
            ["jti"] = Guid.NewGuid().ToString("N"),
        };
        payload?.Invoke(claims);
        var head = new JsonObject { ["alg"] = "RS256", ["typ"] = "at+jwt", ["kid"] = Current.Kid };
        header?.Invoke(head);
        return Sign(head, claims);
    }

    /// <summary>Signs as the header's <c>alg</c> says; HMAC takes the public key as its secret, as the classic attack does.</summary>
    public string Sign(JsonObject header, JsonObject payload)
    {
        var text = Encode(header) + "." + Encode(payload);
        var bytes = Encoding.ASCII.GetBytes(text);
        var signature = (string?)header["alg"] switch
        {
            "RS256" => Current.Key.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
            "PS256" => Current.Key.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pss),
            "ES256" => EcKey.SignData(bytes, HashAlgorithmName.SHA256),
            "HS256" => HMACSHA256.HashData(Encoding.ASCII.GetBytes(Current.Key.ExportSubjectPublicKeyInfoPem()), bytes),
            _ => [],
        };
        return text + "." + Base64Url.EncodeToString(signature);
    }

    /// <summary>Signs a payload that is given as text, with RS256.</summary>
    public string SignText(string encodedHeader, string payload)
    {
        var text = encodedHeader + "." + Base64Url.EncodeToString(Encoding.UTF8.GetBytes(payload));
        return text + "." + Base64Url.EncodeToString(Current.Key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        EcKey.Dispose();
    }

    private static string Encode(JsonObject part) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(part));

    private IEnumerable<object> PublicKeys()
    {
        foreach (var (kid, key) in _published)
        {
            var rsa = key.ExportParameters(includePrivateParameters: false);
            yield return new { kty = "RSA", use = "sig", kid, n = Base64Url.EncodeToString(rsa.Modulus), e = Base64Url.EncodeToString(rsa.Exponent) };
        }

        var ec = EcKey.ExportParameters(includePrivateParameters: false);
        yield return new { kty = "EC", use = "sig", kid = "ec", crv = "P-256", x = Base64Url.EncodeToString(ec.Q.X), y = Base64Url.EncodeToString(ec.Q.Y) };
        yield return new { kty = "oct", use = "sig", kid = "shared", k = "c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LXNlY3JldA" };
    }
}
