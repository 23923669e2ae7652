using System.Net;
using System.Text.Json.Nodes;
using InfraGate.McpGateway.Tests.Support;

namespace InfraGate.McpGateway.Tests.Auth.SignIn;

/// <summary>Signing in to the approval pages at an issuer that says whatever a test wants.</summary>
public sealed class SignInTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    private const string Problem = "/approvals/sign-in-problem?reason=";

    private GatewayUnderTest Gateway => fixture.Gateway;

    [Fact]
    public async Task A_person_signs_in_with_state_nonce_and_PKCE_and_lands_where_they_wanted()
    {
        using var browser = new SignInBrowser(Gateway);
        var asked = await browser.StartAsync("/approvals/audit?q=nginx");

        asked["response_type"].ShouldBe("code");
        asked["client_id"].ShouldBe("infra-gate-approval-ui");
        asked["redirect_uri"].ShouldBe(Gateway.Url + "/approvals/signin-callback");
        asked["code_challenge_method"].ShouldBe("S256");
        asked["nonce"].Length.ShouldBe(43);
        asked["scope"].Split(' ').ShouldContain("openid");
        (await browser.SignInAsync(path: "/approvals/audit?q=nginx")).ShouldBe("/approvals/audit?q=nginx");
        (await browser.StatusAsync("/approvals/audit?q=nginx")).ShouldBe(HttpStatusCode.OK);
        Gateway.Issuer.CodeExchanges.Last()["code_verifier"].ToString().Length.ShouldBeGreaterThanOrEqualTo(43);
    }

    [Fact]
    public async Task The_session_cookie_is_out_of_reach_of_scripts_and_other_sites_and_holds_no_token()
    {
        using var browser = new SignInBrowser(Gateway);
        await browser.SignInAsync();

        var cookie = browser.SetCookies.Last(header => header.StartsWith("infragate-approver=", StringComparison.Ordinal));
        cookie.ShouldContain("; httponly", Case.Insensitive);
        cookie.ShouldContain("; samesite=lax", Case.Insensitive);
        cookie.ShouldContain("; path=/", Case.Insensitive);
        cookie.Length.ShouldBeLessThan(1000);
        await browser.FormTokenAsync();
        browser.SetCookies.Last(header => header.StartsWith("infragate-form=", StringComparison.Ordinal)).ShouldContain("samesite=strict", Case.Insensitive);
    }

    public static TheoryData<string> WrongClaims => ["nonce", "no nonce", "issuer", "audience", "audience prefix", "second audience", "azp", "expired", "no expiry", "not yet", "no subject"];

    [Theory]
    [MemberData(nameof(WrongClaims))]
    public async Task An_id_token_that_says_something_wrong_is_not_used(string wrong) =>
        await ShouldBeRefusedAsync(browser => browser.SignInAsync(payload: claims => Spoil(claims, wrong)), "wrong-id-token");

    [Theory]
    [InlineData("none")]
    [InlineData("HS256")]
    [InlineData("RS1")]
    public async Task An_id_token_that_is_not_signed_as_it_must_be_is_not_used(string algorithm) =>
        await ShouldBeRefusedAsync(browser => browser.SignInAsync(header: head => head["alg"] = algorithm), "wrong-id-token");

    [Fact]
    public async Task An_id_token_of_an_unknown_key_is_not_used() =>
        await ShouldBeRefusedAsync(browser => browser.SignInAsync(header: head => head["kid"] = "made-up"), "wrong-id-token");

    [Fact]
    public async Task An_id_token_whose_content_was_changed_after_signing_is_not_used() =>
        await ShouldBeRefusedAsync(browser => browser.SignInAsync(token: good =>
        {
            var parts = good.Split('.');
            var middle = parts[1].ToCharArray();
            middle[20] = middle[20] == 'A' ? 'B' : 'A';
            return $"{parts[0]}.{new string(middle)}.{parts[2]}";
        }), "wrong-id-token");

    [Theory]
    [InlineData("")]
    [InlineData("not.a.token")]
    public async Task Something_that_is_no_id_token_is_not_used(string text) =>
        await ShouldBeRefusedAsync(browser => browser.SignInAsync(token: _ => text), "wrong-id-token");

    [Fact]
    public async Task An_answer_of_another_issuer_never_reaches_this_ones_token_endpoint()
    {
        var before = Gateway.Issuer.CodeExchanges.Count;

        await ShouldBeRefusedAsync(async browser => await browser.ReturnAsync(("code", "c"), ("state", (await browser.StartAsync())["state"]), ("iss", "https://other.example")), "wrong-issuer");
        await ShouldBeRefusedAsync(async browser => await browser.ReturnAsync(("code", "c"), ("state", (await browser.StartAsync())["state"])), "wrong-issuer");
        await ShouldBeRefusedAsync(
            async browser => await browser.ReturnAsync(("code", "c"), ("state", (await browser.StartAsync())["state"]), ("iss", Gateway.Issuer.Url), ("iss", "https://other.example")), "wrong-issuer");

        Gateway.Issuer.CodeExchanges.Count.ShouldBe(before);
    }

    [Fact]
    public async Task A_wrong_or_missing_state_ends_the_sign_in()
    {
        await ShouldBeRefusedAsync(async browser => await browser.ReturnAsync(("code", "c"), ("state", (await browser.StartAsync())["state"] + "x"), ("iss", Gateway.Issuer.Url)), "interrupted");
        await ShouldBeRefusedAsync(async browser =>
        {
            await browser.StartAsync();
            return await browser.ReturnAsync(("code", "c"), ("iss", Gateway.Issuer.Url));
        }, "interrupted");
    }

    [Fact]
    public async Task A_sign_in_that_somebody_else_started_cannot_be_finished_here()
    {
        using var attacker = new SignInBrowser(Gateway);
        var theirs = await attacker.StartAsync();

        await ShouldBeRefusedAsync(browser => browser.ReturnAsync(("code", "theirs"), ("state", theirs["state"]), ("iss", Gateway.Issuer.Url)), "interrupted");
    }

    [Fact]
    public async Task An_answer_works_once()
    {
        using var browser = new SignInBrowser(Gateway);
        var asked = await browser.StartAsync();
        Gateway.Issuer.AnswerToCode = null;
        (await browser.ReturnAsync(("code", "c"), ("state", asked["state"]), ("iss", Gateway.Issuer.Url))).ShouldEndWith("code-refused");

        (await browser.ReturnAsync(("code", "c"), ("state", asked["state"]), ("iss", Gateway.Issuer.Url))).ShouldEndWith("interrupted");
    }

    [Fact]
    public async Task Somebody_who_cancels_is_told_so() =>
        await ShouldBeRefusedAsync(
            async browser => await browser.ReturnAsync(("error", "access_denied"), ("state", (await browser.StartAsync())["state"]), ("iss", Gateway.Issuer.Url)), "cancelled");

    [Fact]
    public async Task An_issuer_that_cannot_be_reached_is_said_on_a_page()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Issuer.IsDown = true;
        using var browser = new SignInBrowser(gateway);

        using var answer = await browser.GetAsync("/approvals");

        answer.Headers.Location!.OriginalString.ShouldBe(Problem + "unreachable");
        using var page = await browser.GetAsync(Problem + "unreachable");
        (await page.Content.ReadAsStringAsync()).ShouldContain("cannot be reached at the moment");
    }

    [Theory]
    [InlineData("/approvals?returnUrl=https://evil.example", "/approvals?returnUrl=https://evil.example")]
    [InlineData("/approvals/audit?ReturnUrl=//evil.example", "/approvals/audit?ReturnUrl=//evil.example")]
    [InlineData("/approvals/c/x?next=%2F%2Fevil.example", "/approvals/c/x?next=%2F%2Fevil.example")]
    public async Task After_sign_in_the_browser_stays_here_whatever_the_url_says(string path, string end)
    {
        using var browser = new SignInBrowser(Gateway);

        var landed = await browser.SignInAsync(path: path);

        landed.ShouldBe(end);
        new Uri(new Uri(Gateway.Url), landed).Authority.ShouldBe(new Uri(Gateway.Url).Authority);
    }

    private async Task ShouldBeRefusedAsync(Func<SignInBrowser, Task<string>> signIn, string reason)
    {
        using var browser = new SignInBrowser(Gateway);

        (await signIn(browser)).ShouldBe(Problem + reason);

        browser.IsSignedIn.ShouldBeFalse();
        (await browser.StatusAsync("/approvals")).ShouldBe(HttpStatusCode.Redirect);
        using var page = await browser.GetAsync(Problem + reason);
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await page.Content.ReadAsStringAsync()).ShouldContain("You are not signed in");
    }

    private static void Spoil(JsonObject claims, string wrong)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var client = (string)claims["aud"]!;
        (string Claim, JsonNode? Value) change = wrong switch
        {
            "nonce" => ("nonce", "another"),
            "no nonce" => ("nonce", null),
            "issuer" => ("iss", "https://other.example"),
            "audience" => ("aud", "another-client"),
            "audience prefix" => ("aud", client + "-2"),
            "second audience" => ("aud", new JsonArray(client, "another-client")),
            "azp" => ("azp", "another-client"),
            "expired" => ("exp", now - 120),
            "no expiry" => ("exp", null),
            "not yet" => ("nbf", now + 300),
            _ => ("sub", null),
        };
        claims.Remove(change.Claim);
        if (change.Value is not null)
        {
            claims[change.Claim] = change.Value;
        }
    }
}
