using System.Buffers.Text;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace InfraGate.DevIssuer.Tests.Fixtures;

/// <summary>An OAuth client as real ones behave: PKCE, state, resource.</summary>
internal sealed class TestClient(IssuerUnderTest issuer, string id, string redirectUri)
{
    public const string Resource = "http://127.0.0.1:3001/mcp";

    public string Id => id;

    public string RedirectUri => redirectUri;

    public string? Secret { get; init; }

    public string Verifier { get; init; } = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public string Challenge => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)));

    /// <summary>The URL to open in a browser; a null value removes a parameter, another one replaces it.</summary>
    public string AuthorizeUrl(params (string Name, string? Value)[] changes)
    {
        var parameters = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["response_type"] = "code",
            ["client_id"] = id,
            ["redirect_uri"] = redirectUri,
            ["scope"] = "mcp:tools openid profile groups offline_access",
            ["state"] = "the state",
            ["code_challenge"] = Challenge,
            ["code_challenge_method"] = "S256",
            ["resource"] = Resource,
            ["nonce"] = "the nonce",
        };
        foreach (var (name, value) in changes)
        {
            parameters[name] = value;
        }

        return "/authorize?" + string.Join('&', parameters.Where(p => p.Value is not null).Select(p => $"{p.Key}={Uri.EscapeDataString(p.Value!)}"));
    }

    public async Task<string> SignInForCodeAsync(Browser? browser = null, string userName = "alice", params (string Name, string? Value)[] changes)
    {
        using var own = browser is null ? issuer.OpenBrowser() : null;
        var used = browser ?? own!;
        var page = await used.OpenAsync(AuthorizeUrl(changes));
        var answer = page.Asks("Sign in") ? await used.SignInAsync(page, userName) : await used.AllowAsync(page);
        answer.Status.ShouldBe(HttpStatusCode.SeeOther, answer.Html);
        return answer.Answer["code"];
    }

    public async Task<TokenAnswer> SignInAsync(Browser? browser = null, string userName = "alice", params (string Name, string? Value)[] changes)
    {
        using var response = await RedeemAsync(await SignInForCodeAsync(browser, userName, changes));
        return await TokenAnswer.ReadAsync(response);
    }

    public Task<HttpResponseMessage> RedeemAsync(string code, params (string Name, string? Value)[] changes) =>
        PostTokenAsync([("grant_type", "authorization_code"), ("code", code), ("redirect_uri", redirectUri), ("code_verifier", Verifier), .. changes]);

    public Task<HttpResponseMessage> RefreshAsync(string refreshToken, params (string Name, string? Value)[] changes) =>
        PostTokenAsync([("grant_type", "refresh_token"), ("refresh_token", refreshToken), .. changes]);

    public async Task<TokenAnswer> RefreshedAsync(string refreshToken, params (string Name, string? Value)[] changes)
    {
        using var response = await RefreshAsync(refreshToken, changes);
        return await TokenAnswer.ReadAsync(response);
    }

    private Task<HttpResponseMessage> PostTokenAsync((string Name, string? Value)[] fields)
    {
        var all = new Dictionary<string, string?>(StringComparer.Ordinal) { ["client_id"] = id, ["client_secret"] = Secret };
        foreach (var (name, value) in fields)
        {
            all[name] = value;
        }

        return issuer.PostFormAsync("/token", [.. all.Where(field => field.Value is not null).Select(field => (field.Key, field.Value!))]);
    }
}

/// <summary>A successful token answer.</summary>
internal sealed record TokenAnswer(JsonObject Body)
{
    public string Access => (string)Body["access_token"]!;

    public string Refresh => (string)Body["refresh_token"]!;

    public string Id => (string)Body["id_token"]!;

    public string Scope => (string)Body["scope"]!;

    public JsonObject AccessClaims => Jwt.Claims(Access);

    public static async Task<TokenAnswer> ReadAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        response.StatusCode.ShouldBe(HttpStatusCode.OK, text);
        return new TokenAnswer(JsonNode.Parse(text)!.AsObject());
    }
}

/// <summary>Reads JWTs without verifying them.</summary>
internal static class Jwt
{
    public static JsonObject Header(string jwt) => Part(jwt, 0);

    public static JsonObject Claims(string jwt) => Part(jwt, 1);

    public static string Write(JsonObject header, JsonObject claims, Func<byte[], byte[]> sign)
    {
        var content = $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header.ToJsonString()))}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims.ToJsonString()))}";
        return $"{content}.{Base64Url.EncodeToString(sign(Encoding.ASCII.GetBytes(content)))}";
    }

    private static JsonObject Part(string jwt, int index) => JsonNode.Parse(Base64Url.DecodeFromChars(jwt.Split('.')[index]))!.AsObject();
}

/// <summary>Expectations on refusals.</summary>
internal static class Refusals
{
    public static async Task ShouldRefuseAsync(this Task<HttpResponseMessage> sending, string error, HttpStatusCode status = HttpStatusCode.BadRequest)
    {
        using var response = await sending;
        var text = await response.Content.ReadAsStringAsync();
        response.StatusCode.ShouldBe(status, text);
        var body = await response.Content.ReadFromJsonAsync<JsonObject>();
        ((string?)body!["error"]).ShouldBe(error, text);
        ((string?)body["error_description"]).ShouldNotBeNullOrWhiteSpace();
        response.Headers.CacheControl?.NoStore.ShouldBe(true);
    }
}
