using System.Net;
using System.Text.Json.Nodes;
using InfraGate.McpGateway.Tests.Support;

namespace InfraGate.McpGateway.Tests.Auth;

/// <summary>Field notes, attack 6: every way in which a JWT can lie, each as a raw request.</summary>
public sealed class AccessTokenAttackTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    private static readonly Dictionary<string, Func<TestIssuer, string, string>> s_attacks = new(StringComparer.Ordinal)
    {
        ["alg none"] = (issuer, aud) => issuer.Token(aud, header: h => h["alg"] = "none"),
        ["alg none with the signature cut off"] = (issuer, aud) => issuer.Token(aud, header: h => h["alg"] = "None").TrimEnd('.') + ".",
        ["HMAC keyed with the public key"] = (issuer, aud) => issuer.Token(aud, header: h => h["alg"] = "HS256"),
        ["HMAC naming the issuer's symmetric key"] = (issuer, aud) => issuer.Token(aud, header: h => { h["alg"] = "HS256"; h["kid"] = "shared"; }),
        ["another issuer"] = (issuer, aud) => issuer.Token(aud, payload: p => p["iss"] = "https://evil.example"),
        ["the issuer as a prefix"] = (issuer, aud) => issuer.Token(aud, payload: p => p["iss"] = issuer.Url + ".evil.example"),
        ["another audience"] = (issuer, _) => issuer.Token("http://127.0.0.1:9/mcp"),
        ["the audience as a prefix"] = (issuer, aud) => issuer.Token(aud + "/more"),
        ["a prefix of the audience"] = (issuer, aud) => issuer.Token(aud[..^4]),
        ["the audience with a slash"] = (issuer, aud) => issuer.Token(aud + "/"),
        ["the audience in another case"] = (issuer, aud) => issuer.Token(aud.ToUpperInvariant()),
        ["no audience"] = (issuer, aud) => issuer.Token(aud, payload: p => p.Remove("aud")),
        ["expired"] = (issuer, aud) => issuer.Token(aud, payload: p => p["exp"] = Now() - 61),
        ["no expiry"] = (issuer, aud) => issuer.Token(aud, payload: p => p.Remove("exp")),
        ["not yet valid"] = (issuer, aud) => issuer.Token(aud, payload: p => p["nbf"] = Now() + 120),
        ["an unknown key"] = (issuer, aud) => issuer.Token(aud, header: h => h["kid"] = "nobody") + "x",
        ["a changed payload"] = (issuer, aud) => Tamper(issuer.Token(aud)),
        ["a key of another type"] = (issuer, aud) => issuer.Token(aud, header: h => { h["alg"] = "ES256"; }),
        ["an ID token by its nonce"] = (issuer, aud) => issuer.Token(aud, header: h => h["typ"] = "JWT", payload: p => p["nonce"] = "n"),
        ["an ID token by its at_hash"] = (issuer, aud) => issuer.Token(aud, header: h => h["typ"] = "JWT", payload: p => p["at_hash"] = "h"),
        ["an ID token by Keycloak's typ"] = (issuer, aud) => issuer.Token(aud, header: h => h["typ"] = "JWT", payload: p => p["typ"] = "ID"),
        ["a refresh token by Keycloak's typ"] = (issuer, aud) => issuer.Token(aud, header: h => h["typ"] = "JWT", payload: p => p["typ"] = "Refresh"),
        ["a logout token"] = (issuer, aud) => issuer.Token(aud, header: h => h["typ"] = "logout+jwt"),
        ["critical extensions"] = (issuer, aud) => issuer.Token(aud, header: h => h["crit"] = new JsonArray("exp")),
        ["no subject"] = (issuer, aud) => issuer.Token(aud, payload: p => p.Remove("sub")),
        ["no JWT at all"] = (_, _) => "opaque-token",
        ["the same claim twice"] = (issuer, aud) => Twice(issuer, aud),
        ["four dots"] = (issuer, aud) => issuer.Token(aud) + ".a.b",
        ["parts that are not JSON"] = (_, _) => "AAAA.BBBB.CCCC",
        ["more than is read"] = (_, _) => new string('A', 20_000) + ".e30.AAAA",
    };

    public static TheoryData<string> Attacks => [.. s_attacks.Keys];

    [Theory]
    [MemberData(nameof(Attacks))]
    public async Task A_token_that_lies_is_refused(string attack)
    {
        var gateway = fixture.Gateway;
        using var client = gateway.NewClient(s_attacks[attack](gateway.Issuer, gateway.Resource));

        var answer = await client.InitializeAsync();

        answer.Status.ShouldBe(HttpStatusCode.Unauthorized);
        answer.Challenge.ShouldNotBeNull().ShouldContain("error=\"invalid_token\"");
        answer.Session.ShouldBeNull();
    }

    public static TheoryData<string> GoodForms => ["RS256", "PS256", "ES256", "JWT", "application/at+jwt", "no type", "audience list", "within the skew", "scp list"];

    [Theory]
    [MemberData(nameof(GoodForms))]
    public async Task Every_conforming_form_of_an_access_token_is_accepted(string form)
    {
        var gateway = fixture.Gateway;
        var issuer = gateway.Issuer;
        var aud = gateway.Resource;
        var token = form switch
        {
            "PS256" => issuer.Token(aud, header: h => h["alg"] = "PS256"),
            "ES256" => issuer.Token(aud, header: h => { h["alg"] = "ES256"; h["kid"] = "ec"; }),
            "JWT" or "application/at+jwt" => issuer.Token(aud, header: h => h["typ"] = form),
            "no type" => issuer.Token(aud, header: h => h.Remove("typ")),
            "audience list" => issuer.Token(aud, payload: p => p["aud"] = new JsonArray("https://other.example", aud)),
            "within the skew" => issuer.Token(aud, payload: p => p["exp"] = Now() - 30),
            "scp list" => issuer.Token(aud, payload: p => { p.Remove("scope"); p["scp"] = new JsonArray("mcp:read", "mcp:plan"); }),
            _ => issuer.Token(aud),
        };
        using var client = gateway.NewClient(token);

        (await client.InitializeAsync()).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_token_in_the_query_string_is_not_looked_at()
    {
        var gateway = fixture.Gateway;
        using var client = gateway.NewClient(null);
        using var request = client.Post("{}", "/mcp?access_token=" + gateway.Issuer.Token(gateway.Resource));
        using var response = await client.SendAsync(request);

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Two_authorization_headers_are_none()
    {
        var gateway = fixture.Gateway;
        using var client = gateway.NewClient(null);
        using var request = client.Post("{}");
        request.Headers.TryAddWithoutValidation("Authorization", ["Bearer " + gateway.Issuer.Token(gateway.Resource), "Bearer other"]);
        using var response = await client.SendAsync(request);

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    private static long Now() => DateTimeOffset.UtcNow.ToUnixTimeSeconds();

    /// <summary>Well signed, but the subject stands there twice: two readers could take two people from it.</summary>
    private static string Twice(TestIssuer issuer, string audience)
    {
        var parts = issuer.Token(audience).Split('.');
        var payload = System.Text.Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(parts[1]));
        return issuer.SignText(parts[0], payload[..^1] + ",\"sub\":\"root\"}");
    }

    private static string Tamper(string token)
    {
        var parts = token.Split('.');
        var payload = JsonNode.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(parts[1]))!.AsObject();
        payload["sub"] = "root";
        return $"{parts[0]}.{System.Buffers.Text.Base64Url.EncodeToString(System.Text.Encoding.UTF8.GetBytes(payload.ToJsonString()))}.{parts[2]}";
    }
}
