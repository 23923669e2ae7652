using System.Net;
using System.Net.Http.Headers;
using System.Text;
using InfraGate.DevIssuer.Tests.Fixtures;

namespace InfraGate.DevIssuer.Tests.Tokens;

public sealed class AuthorizationCodeTests
{
    [Fact]
    public async Task The_access_token_is_an_at_jwt_for_the_resource_with_who_and_what()
    {
        await using var issuer = await IssuerUnderTest.StartAsync();
        var client = await issuer.RegisterAsync();

        var tokens = await client.SignInAsync(userName: "bob");

        ((string)Jwt.Header(tokens.Access)["typ"]!).ShouldBe("at+jwt");
        ((string)Jwt.Header(tokens.Access)["alg"]!).ShouldBe("RS256");
        var claims = tokens.AccessClaims;
        ((string)claims["iss"]!).ShouldBe(issuer.Address);
        ((string)claims["aud"]!).ShouldBe(TestClient.Resource);
        ((string)claims["sub"]!).ShouldBe("bob");
        ((string)claims["name"]!).ShouldBe("Bob Local");
        ((string)claims["client_id"]!).ShouldBe(client.Id);
        ((string)claims["client_name"]!).ShouldBe("A test program");
        ((string)claims["scope"]!).ShouldBe("mcp:tools openid profile groups offline_access");
        claims["groups"]!.AsArray().Select(group => (string)group!).ShouldBe(["platform", "sre"]);
        ((string)claims["jti"]!).ShouldNotBeEmpty();
        ((long)claims["exp"]! - (long)claims["iat"]!).ShouldBe(900);
        ((int)tokens.Body["expires_in"]!).ShouldBe(900);
        ((string)tokens.Body["token_type"]!).ShouldBe("Bearer");
    }

    [Fact]
    public async Task The_id_token_is_of_another_type_is_for_the_client_and_carries_the_nonce()
    {
        await using var issuer = await IssuerUnderTest.StartAsync();
        var client = await issuer.RegisterAsync();

        var tokens = await client.SignInAsync();

        ((string)Jwt.Header(tokens.Id)["typ"]!).ShouldBe("JWT");
        var claims = Jwt.Claims(tokens.Id);
        ((string)claims["aud"]!).ShouldBe(client.Id);
        ((string)claims["nonce"]!).ShouldBe("the nonce");
        ((string)claims["preferred_username"]!).ShouldBe("alice");
        claims.ShouldContainKey("auth_time");
        claims.ShouldContainKey("sid");
        claims.ShouldNotContainKey("scope");
    }

    [Fact]
    public async Task Without_openid_there_is_no_id_token()
    {
        await using var issuer = await IssuerUnderTest.StartAsync();

        var tokens = await (await issuer.RegisterAsync()).SignInAsync(changes: ("scope", "mcp:tools"));

        tokens.Body.ShouldNotContainKey("id_token");
        tokens.Body.ShouldContainKey("refresh_token");
    }

    [Fact]
    public async Task Without_a_resource_the_token_is_for_the_gateways_default_address()
    {
        await using var issuer = await IssuerUnderTest.StartAsync();

        var tokens = await (await issuer.RegisterAsync()).SignInAsync(changes: ("resource", null));

        ((string)tokens.AccessClaims["aud"]!).ShouldBe("http://127.0.0.1:3001/mcp");
    }

    [Fact]
    public async Task A_wrong_verifier_gets_nothing_and_spends_the_code()
    {
        await using var issuer = await IssuerUnderTest.StartAsync();
        var client = await issuer.RegisterAsync();
        var code = await client.SignInForCodeAsync();

        await client.RedeemAsync(code, ("code_verifier", new string('x', 43))).ShouldRefuseAsync("invalid_grant");
        await client.RedeemAsync(code).ShouldRefuseAsync("invalid_grant");
    }

    [Theory]
    [InlineData("code_verifier", null, "invalid_request")]
    [InlineData("code_verifier", "short", "invalid_grant")]
    [InlineData("redirect_uri", "http://127.0.0.1:9999/callback", "invalid_grant")]
    [InlineData("resource", "http://127.0.0.1:3001/other", "invalid_target")]
    [InlineData("code", null, "invalid_request")]
    [InlineData("code", "made-up", "invalid_grant")]
    [InlineData("grant_type", "password", "unsupported_grant_type")]
    [InlineData("grant_type", "client_credentials", "unauthorized_client")]
    [InlineData("grant_type", null, "invalid_request")]
    public async Task A_redemption_that_differs_from_the_request_gets_nothing(string parameter, string? value, string error)
    {
        await using var issuer = await IssuerUnderTest.StartAsync();
        var client = await issuer.RegisterAsync();

        await client.RedeemAsync(await client.SignInForCodeAsync(), (parameter, value)).ShouldRefuseAsync(error);
    }

    [Fact]
    public async Task A_code_used_twice_revokes_the_tokens_of_its_first_use()
    {
        await using var issuer = await IssuerUnderTest.StartAsync();
        var client = await issuer.RegisterAsync();
        var code = await client.SignInForCodeAsync();
        using var first = await client.RedeemAsync(code);
        var tokens = await TokenAnswer.ReadAsync(first);
        ((bool)(await issuer.IntrospectAsync(tokens.Access))["active"]!).ShouldBeTrue();

        await client.RedeemAsync(code).ShouldRefuseAsync("invalid_grant");

        ((bool)(await issuer.IntrospectAsync(tokens.Access))["active"]!).ShouldBeFalse();
        await client.RefreshAsync(tokens.Refresh).ShouldRefuseAsync("invalid_grant");
    }

    [Fact]
    public async Task Of_many_redemptions_at_once_at_most_one_gets_tokens_and_those_are_revoked()
    {
        await using var issuer = await IssuerUnderTest.StartAsync();
        var client = await issuer.RegisterAsync();
        var code = await client.SignInForCodeAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => client.RedeemAsync(code)));

        var winner = answers.Where(answer => answer.StatusCode is HttpStatusCode.OK).ShouldHaveSingleItem();
        ((bool)(await issuer.IntrospectAsync((await TokenAnswer.ReadAsync(winner)).Access))["active"]!).ShouldBeFalse();
        foreach (var answer in answers)
        {
            answer.Dispose();
        }
    }

    [Fact]
    public async Task An_expired_code_gets_nothing()
    {
        await using var issuer = await IssuerUnderTest.StartAsync();
        var client = await issuer.RegisterAsync();
        var code = await client.SignInForCodeAsync();
        issuer.Time.Advance(TimeSpan.FromSeconds(61));

        await client.RedeemAsync(code).ShouldRefuseAsync("invalid_grant");
    }

    [Fact]
    public async Task Another_clients_code_gets_nothing()
    {
        await using var issuer = await IssuerUnderTest.StartAsync();
        var client = await issuer.RegisterAsync();
        var thief = await issuer.RegisterAsync();
        var code = await client.SignInForCodeAsync();

        await client.RedeemAsync(code, ("client_id", thief.Id)).ShouldRefuseAsync("invalid_grant");
    }

    [Fact]
    public async Task A_client_with_a_secret_must_show_it_in_either_way()
    {
        await using var issuer = await IssuerUnderTest.StartAsync();
        var client = await issuer.RegisterAsync(authMethod: "client_secret_basic");
        client.Secret.ShouldNotBeNull();

        await client.RedeemAsync(await client.SignInForCodeAsync(), ("client_secret", null)).ShouldRefuseAsync("invalid_client", HttpStatusCode.Unauthorized);
        await client.RedeemAsync(await client.SignInForCodeAsync(), ("client_secret", "wrong")).ShouldRefuseAsync("invalid_client", HttpStatusCode.Unauthorized);
        using (var inBody = await client.RedeemAsync(await client.SignInForCodeAsync()))
        {
            inBody.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, "/token");
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Uri.EscapeDataString(client.Id)}:{Uri.EscapeDataString(client.Secret)}")));
        request.Content = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["grant_type"] = "authorization_code",
            ["code"] = await client.SignInForCodeAsync(),
            ["code_verifier"] = client.Verifier,
        });
        using var inHeader = await issuer.Http.SendAsync(request);
        inHeader.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Guessing_a_client_secret_is_stopped()
    {
        await using var issuer = await IssuerUnderTest.StartAsync();
        var client = await issuer.RegisterAsync(authMethod: "client_secret_post");
        for (var guess = 0; guess < 5; guess++)
        {
            await client.RefreshAsync("x", ("client_secret", $"guess {guess}")).ShouldRefuseAsync("invalid_client", HttpStatusCode.Unauthorized);
        }

        await client.RefreshAsync("x").ShouldRefuseAsync("temporarily_unavailable", HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task An_unknown_client_is_refused()
    {
        await using var issuer = await IssuerUnderTest.StartAsync();

        await issuer.PostFormAsync("/token", ("grant_type", "authorization_code"), ("client_id", "nobody")).ShouldRefuseAsync("invalid_client", HttpStatusCode.Unauthorized);
        await issuer.PostFormAsync("/token", ("grant_type", "authorization_code")).ShouldRefuseAsync("invalid_client", HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_repeated_parameter_or_another_content_type_is_refused()
    {
        await using var issuer = await IssuerUnderTest.StartAsync();
        var client = await issuer.RegisterAsync();

        await issuer.PostFormAsync("/token", ("grant_type", "refresh_token"), ("grant_type", "authorization_code"), ("client_id", client.Id)).ShouldRefuseAsync("invalid_request");
        using var json = new StringContent("{}", Encoding.UTF8, "application/json");
        await issuer.Http.PostAsync("/token", json).ShouldRefuseAsync("invalid_request");
    }
}
