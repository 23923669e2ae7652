using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using InfraGate.DevIssuer.Tests.Fixtures;

namespace InfraGate.DevIssuer.Tests.SignIn;

public sealed class ConsentTests
{
    [Fact]
    public async Task Consent_is_remembered_per_client_and_person()
    {
        await using var issuer = await IssuerUnderTest.StartAsync();
        var client = await issuer.RegisterAsync();
        var other = await issuer.RegisterAsync();
        using var browser = issuer.OpenBrowser();
        await client.SignInAsync(browser);

        (await browser.OpenAsync(client.AuthorizeUrl())).Answer.ShouldContainKey("code");
        (await browser.OpenAsync(other.AuthorizeUrl())).Asks("Allow access?").ShouldBeTrue();
        using var bobs = issuer.OpenBrowser();
        var asBob = await bobs.SubmitAsync(await bobs.OpenAsync(client.AuthorizeUrl()), ("username", "bob"), ("password", "bob-local-only"));
        asBob.Location!.ShouldStartWith("/authorize/consent");
    }

    [Fact]
    public async Task A_client_that_asks_for_more_than_was_allowed_is_asked_about_again()
    {
        await using var issuer = await IssuerUnderTest.StartAsync();
        var client = await issuer.RegisterAsync();
        using var browser = issuer.OpenBrowser();
        await client.SignInAsync(browser, changes: ("scope", "mcp:read"));

        (await browser.OpenAsync(client.AuthorizeUrl(("scope", "mcp:read")))).Answer.ShouldContainKey("code");
        (await browser.OpenAsync(client.AuthorizeUrl(("scope", "mcp:read mcp:apply")))).Asks("Allow access?").ShouldBeTrue();
    }

    [Fact]
    public async Task Consent_is_forgotten_after_ninety_days()
    {
        await using var issuer = await IssuerUnderTest.StartAsync();
        var client = await issuer.RegisterAsync();
        await client.SignInAsync();
        issuer.Time.Advance(TimeSpan.FromDays(91));
        using var browser = issuer.OpenBrowser();

        var page = await browser.SubmitAsync(await browser.OpenAsync(client.AuthorizeUrl()), ("username", "alice"), ("password", "alice-local-only"));

        page.Location!.ShouldStartWith("/authorize/consent");
    }

    [Fact]
    public async Task Refusing_is_told_to_the_client_and_not_remembered_as_consent()
    {
        await using var issuer = await IssuerUnderTest.StartAsync();
        var client = await issuer.RegisterAsync();
        using var browser = issuer.OpenBrowser();
        var consent = await SignInUpToConsentAsync(browser, client);

        var answer = await browser.SubmitAsync(consent, ("decision", "deny"));

        answer.Answer["error"].ShouldBe("access_denied");
        answer.Answer["state"].ShouldBe("the state");
        (await browser.OpenAsync(client.AuthorizeUrl(("prompt", "none")))).Answer["error"].ShouldBe("consent_required");
    }

    [Fact]
    public async Task A_form_without_a_decision_allows_nothing()
    {
        await using var issuer = await IssuerUnderTest.StartAsync();
        using var browser = issuer.OpenBrowser();
        var consent = await SignInUpToConsentAsync(browser, await issuer.RegisterAsync());

        (await browser.SubmitAsync(consent)).Answer["error"].ShouldBe("access_denied");
    }

    [Fact]
    public async Task A_consent_posted_from_another_site_allows_nothing()
    {
        await using var issuer = await IssuerUnderTest.StartAsync();
        using var browser = issuer.OpenBrowser();
        var consent = await SignInUpToConsentAsync(browser, await issuer.RegisterAsync());

        (await browser.PostAsync(consent.FormAction, consent.HiddenFields, "https://evil.example", ("decision", "allow"))).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_consent_counts_only_for_the_person_that_the_page_named()
    {
        await using var issuer = await IssuerUnderTest.StartAsync();
        var client = await issuer.RegisterAsync();
        using var browser = issuer.OpenBrowser();
        var alicesConsent = await SignInUpToConsentAsync(browser, client);
        await issuer.ApprovalUi().SignInAsync(browser, "bob", ("prompt", "login"));

        (await browser.SubmitAsync(alicesConsent, ("decision", "allow"))).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task The_person_can_sign_in_as_someone_else()
    {
        await using var issuer = await IssuerUnderTest.StartAsync();
        var client = await issuer.RegisterAsync();
        using var browser = issuer.OpenBrowser();
        var consent = await SignInUpToConsentAsync(browser, client);

        var signIn = await browser.SubmitAsync(consent, ("decision", "switch"));
        var answer = await browser.SignInAsync(signIn, "bob");

        using var response = await client.RedeemAsync(answer.Answer["code"]);
        ((string)(await TokenAnswer.ReadAsync(response)).AccessClaims["sub"]!).ShouldBe("bob");
    }

    [Fact]
    public async Task A_name_that_a_program_gave_itself_cannot_carry_markup_or_hide_characters()
    {
        await using var issuer = await IssuerUnderTest.StartAsync();
        using var registration = await issuer.Http.PostAsJsonAsync("/register", new JsonObject
        {
            ["client_name"] = "<b>InfraGate</b>\u202e\u200b approvals",
            ["redirect_uris"] = new JsonArray("http://127.0.0.1:5/cb"),
            ["token_endpoint_auth_method"] = "none",
        });
        var id = (string)(await registration.Content.ReadFromJsonAsync<JsonObject>())!["client_id"]!;
        using var browser = issuer.OpenBrowser();

        var consent = await SignInUpToConsentAsync(browser, new TestClient(issuer, id, "http://127.0.0.1:5/cb"));

        consent.Html.ShouldContain("&lt;b&gt;InfraGate&lt;/b&gt;");
        consent.Html.ShouldNotContain("\u202e");
        consent.Html.ShouldNotContain("\u200b");
        consent.Html.ShouldContain("The program chose this name itself.");
    }

    [Fact]
    public async Task The_approval_pages_need_no_consent_and_get_no_token_that_opens_mcp()
    {
        await using var issuer = await IssuerUnderTest.StartAsync();

        var tokens = await issuer.ApprovalUi(port: 41234).SignInAsync(changes: [("scope", "openid profile groups mcp:tools"), ("resource", null)]);

        tokens.Scope.ShouldBe("openid profile groups");
        ((string)tokens.AccessClaims["aud"]!).ShouldBe($"{issuer.Address}/userinfo");
        tokens.Body.ShouldNotContainKey("refresh_token");
    }

    private static async Task<Browser.Page> SignInUpToConsentAsync(Browser browser, TestClient client)
    {
        var answer = await browser.SubmitAsync(await browser.OpenAsync(client.AuthorizeUrl()), ("username", "alice"), ("password", "alice-local-only"));
        var consent = await browser.OpenAsync(answer.Location!);
        consent.Asks("Allow access?").ShouldBeTrue();
        return consent;
    }
}
