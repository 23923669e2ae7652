using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using InfraGate.DevIssuer.Tests.Fixtures;

namespace InfraGate.DevIssuer.Tests.Tokens;

/// <summary>Userinfo, introspection and revocation, with genuine and with forged tokens.</summary>
public sealed class TokenUseTests
{
    [Fact]
    public async Task Userinfo_tells_what_the_scopes_allow()
    {
        await using var issuer = await IssuerUnderTest.StartAsync();
        var client = await issuer.RegisterAsync();

        using var full = await UserInfoAsync(issuer, (await client.SignInAsync(userName: "bob")).Access);
        var everything = (await full.Content.ReadFromJsonAsync<JsonObject>())!;
        using var little = await UserInfoAsync(issuer, (await client.SignInAsync(changes: ("scope", "openid"))).Access);
        var subjectOnly = (await little.Content.ReadFromJsonAsync<JsonObject>())!;

        ((string)everything["sub"]!).ShouldBe("bob");
        ((string)everything["name"]!).ShouldBe("Bob Local");
        everything["groups"]!.AsArray().Count.ShouldBe(2);
        subjectOnly.Select(claim => claim.Key).ShouldBe(["sub"]);
    }

    [Fact]
    public async Task Userinfo_wants_a_token_with_openid()
    {
        await using var issuer = await IssuerUnderTest.StartAsync();
        var tokens = await (await issuer.RegisterAsync()).SignInAsync(changes: ("scope", "mcp:tools"));

        using var insufficient = await UserInfoAsync(issuer, tokens.Access);
        using var missing = await issuer.Http.GetAsync("/userinfo");

        insufficient.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        insufficient.Headers.WwwAuthenticate.ToString().ShouldContain("insufficient_scope");
        missing.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        missing.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer");
    }

    [Fact]
    public async Task Forged_expired_and_foreign_tokens_are_refused()
    {
        await using var issuer = await IssuerUnderTest.StartAsync();
        var tokens = await (await issuer.RegisterAsync()).SignInAsync();
        var header = Jwt.Header(tokens.Access);
        var claims = tokens.AccessClaims;
        using var otherKey = RSA.Create(2048);
        var publicKey = System.Text.Encoding.UTF8.GetBytes((await issuer.GetJsonAsync("/jwks")).ToJsonString());
        JsonObject With(JsonObject source, string name, JsonNode value)
        {
            var copy = source.DeepClone().AsObject();
            copy[name] = value;
            return copy;
        }

        var attacks = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["none algorithm"] = Jwt.Write(With(header, "alg", "none"), claims, _ => []),
            ["HMAC with the public key"] = Jwt.Write(With(header, "alg", "HS256"), claims, content => HMACSHA256.HashData(publicKey, content)),
            ["another key under the known kid"] = Jwt.Write(header, claims, content => otherKey.SignData(content, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)),
            ["another key under an unknown kid"] = Jwt.Write(With(header, "kid", "unknown"), claims, content => otherKey.SignData(content, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)),
            ["changed claims"] = $"{tokens.Access.Split('.')[0]}.{Jwt.Write(header, With(claims, "sub", "bob"), _ => []).Split('.')[1]}.{tokens.Access.Split('.')[2]}",
            ["an ID token"] = tokens.Id,
            ["no signature"] = tokens.Access[..(tokens.Access.LastIndexOf('.') + 1)],
            ["rubbish"] = "rubbish",
            ["too long"] = new string('a', 9_000),
        };
        foreach (var (attack, token) in attacks)
        {
            using var response = await UserInfoAsync(issuer, token);
            response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized, attack);
            ((bool)(await issuer.IntrospectAsync(token))["active"]!).ShouldBeFalse(attack);
        }

        issuer.Time.Advance(TimeSpan.FromMinutes(16));
        using var expired = await UserInfoAsync(issuer, tokens.Access);
        expired.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_token_of_another_issuer_with_the_same_keys_is_refused()
    {
        await using var issuer = await IssuerUnderTest.StartAsync();
        await using var other = await IssuerUnderTest.StartAsync();
        var foreign = await (await other.RegisterAsync()).SignInAsync();

        using var response = await UserInfoAsync(issuer, foreign.Access);

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Introspection_describes_active_tokens_of_both_kinds()
    {
        await using var issuer = await IssuerUnderTest.StartAsync();
        var client = await issuer.RegisterAsync();
        var tokens = await client.SignInAsync();

        var access = await issuer.IntrospectAsync(tokens.Access);
        var refresh = await issuer.IntrospectAsync(tokens.Refresh);

        ((string)access["sub"]!).ShouldBe("alice");
        ((string)access["aud"]!).ShouldBe(TestClient.Resource);
        ((string)access["client_id"]!).ShouldBe(client.Id);
        ((string)refresh["token_type"]!).ShouldBe("refresh_token");
        await client.RefreshedAsync(tokens.Refresh);
        (await issuer.IntrospectAsync(tokens.Refresh)).ToJsonString().ShouldBe("""{"active":false}""");
    }

    [Fact]
    public async Task Introspection_is_not_for_public_clients()
    {
        await using var issuer = await IssuerUnderTest.StartAsync();
        var client = await issuer.RegisterAsync();

        await issuer.PostFormAsync("/introspect", ("client_id", client.Id), ("token", "x")).ShouldRefuseAsync("invalid_client", HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Revoking_a_refresh_token_ends_the_family()
    {
        await using var issuer = await IssuerUnderTest.StartAsync();
        var client = await issuer.RegisterAsync();
        var tokens = await client.SignInAsync();

        await RevokeAsync(issuer, client, tokens.Refresh);

        await client.RefreshAsync(tokens.Refresh).ShouldRefuseAsync("invalid_grant");
        ((bool)(await issuer.IntrospectAsync(tokens.Access))["active"]!).ShouldBeFalse();
    }

    [Fact]
    public async Task Revoking_an_access_token_ends_that_one_only()
    {
        await using var issuer = await IssuerUnderTest.StartAsync();
        var client = await issuer.RegisterAsync();
        var tokens = await client.SignInAsync();

        await RevokeAsync(issuer, client, tokens.Access);

        using var response = await UserInfoAsync(issuer, tokens.Access);
        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        await client.RefreshedAsync(tokens.Refresh);
    }

    [Fact]
    public async Task Nobody_revokes_tokens_of_another_client_and_the_answer_does_not_tell()
    {
        await using var issuer = await IssuerUnderTest.StartAsync();
        var client = await issuer.RegisterAsync();
        var other = await issuer.RegisterAsync();
        var tokens = await client.SignInAsync();

        await RevokeAsync(issuer, other, tokens.Refresh);
        await RevokeAsync(issuer, other, tokens.Access);
        await RevokeAsync(issuer, other, "made up");

        ((bool)(await issuer.IntrospectAsync(tokens.Access))["active"]!).ShouldBeTrue();
        await client.RefreshedAsync(tokens.Refresh);
    }

    private static async Task RevokeAsync(IssuerUnderTest issuer, TestClient client, string token)
    {
        using var response = await issuer.PostFormAsync("/revoke", ("client_id", client.Id), ("token", token));
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static async Task<HttpResponseMessage> UserInfoAsync(IssuerUnderTest issuer, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/userinfo");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await issuer.Http.SendAsync(request);
    }
}
