using System.Net;
using InfraGate.DevIssuer.Tests.Fixtures;

namespace InfraGate.DevIssuer.Tests.Authorization;

public sealed class AuthorizeEndpointTests
{
    [Fact]
    public async Task A_person_signs_in_allows_the_program_and_is_sent_back_with_code_state_and_issuer()
    {
        await using var issuer = await IssuerUnderTest.StartAsync();
        var client = await issuer.RegisterAsync();
        using var browser = issuer.OpenBrowser();

        var signIn = await browser.OpenAsync(client.AuthorizeUrl());
        signIn.Asks("Sign in").ShouldBeTrue();
        var afterPassword = await browser.SubmitAsync(signIn, ("username", "alice"), ("password", "alice-local-only"));
        var consent = await browser.OpenAsync(afterPassword.Location!);
        consent.Asks("Allow access?").ShouldBeTrue();
        consent.Html.ShouldContain(client.RedirectUri);
        var answer = await browser.SubmitAsync(consent, ("decision", "allow"));

        answer.Status.ShouldBe(HttpStatusCode.SeeOther);
        answer.Location!.ShouldStartWith(client.RedirectUri + "?");
        answer.Answer.Keys.ShouldBe(["code", "state", "iss"], ignoreOrder: true);
        answer.Answer["state"].ShouldBe("the state");
        answer.Answer["iss"].ShouldBe(issuer.Address);
    }

    [Theory]
    [InlineData("http://127.0.0.1:50123/callback")]
    [InlineData("http://localhost:50123/callback")]
    [InlineData("http://[::1]:50123/callback")]
    public async Task A_native_program_may_come_back_on_another_port_or_loopback_name(string presented)
    {
        await using var issuer = await IssuerUnderTest.StartAsync();
        var client = await issuer.RegisterAsync("http://127.0.0.1:7777/callback");
        var there = new TestClient(issuer, client.Id, presented);

        var tokens = await there.SignInAsync();

        tokens.Scope.ShouldContain("mcp:tools");
    }

    [Theory]
    [InlineData("https://evil.example/callback")]
    [InlineData("http://127.0.0.1:7777/elsewhere")]
    [InlineData("http://127.0.0.1:7777@evil.example/callback")]
    [InlineData("http://127.0.0.1:7777/callback%0d%0aLocation:%20https://evil.example")]
    public async Task A_foreign_redirect_is_shown_to_the_person_and_never_followed(string redirect)
    {
        await using var issuer = await IssuerUnderTest.StartAsync();
        var client = await issuer.RegisterAsync();
        using var browser = issuer.OpenBrowser();

        var page = await browser.OpenAsync(client.AuthorizeUrl(("redirect_uri", redirect)));

        page.Status.ShouldBe(HttpStatusCode.BadRequest);
        page.Location.ShouldBeNull();
        page.Html.ShouldNotContain("evil.example");
    }

    [Fact]
    public async Task Errors_of_a_request_with_a_foreign_redirect_are_not_sent_there_either()
    {
        await using var issuer = await IssuerUnderTest.StartAsync();
        var client = await issuer.RegisterAsync();
        using var browser = issuer.OpenBrowser();

        var page = await browser.OpenAsync(client.AuthorizeUrl(("redirect_uri", "https://evil.example/"), ("response_type", "token"), ("code_challenge", null)));

        page.Status.ShouldBe(HttpStatusCode.BadRequest);
        page.Location.ShouldBeNull();
    }

    [Fact]
    public async Task An_unknown_client_gets_a_page_and_no_redirect()
    {
        await using var issuer = await IssuerUnderTest.StartAsync();
        using var browser = issuer.OpenBrowser();

        var page = await browser.OpenAsync(new TestClient(issuer, "<script>alert(1)</script>", "http://127.0.0.1:1/cb").AuthorizeUrl());

        page.Status.ShouldBe(HttpStatusCode.BadRequest);
        page.Location.ShouldBeNull();
        page.Html.ShouldNotContain("<script");
    }

    [Theory]
    [InlineData("code_challenge_method", "plain", "invalid_request")]
    [InlineData("code_challenge_method", null, "invalid_request")]
    [InlineData("code_challenge", null, "invalid_request")]
    [InlineData("code_challenge", "tooshort", "invalid_request")]
    [InlineData("response_type", "token", "unsupported_response_type")]
    [InlineData("response_type", "code id_token", "unsupported_response_type")]
    [InlineData("response_mode", "fragment", "invalid_request")]
    [InlineData("request", "eyJhbGciOiJub25lIn0.e30.", "request_not_supported")]
    [InlineData("request_uri", "https://evil.example/r", "request_uri_not_supported")]
    [InlineData("scope", "admin root", "invalid_scope")]
    [InlineData("resource", "http://127.0.0.1:3001/mcp#part", "invalid_target")]
    [InlineData("resource", "urn:something", "invalid_target")]
    [InlineData("prompt", "none login", "invalid_request")]
    [InlineData("max_age", "soon", "invalid_request")]
    [InlineData("prompt", "none", "login_required")]
    public async Task A_bad_request_is_answered_to_the_client_with_state_and_issuer(string parameter, string? value, string error)
    {
        await using var issuer = await IssuerUnderTest.StartAsync();
        var client = await issuer.RegisterAsync();
        using var browser = issuer.OpenBrowser();

        var answer = await browser.OpenAsync(client.AuthorizeUrl((parameter, value)));

        answer.Status.ShouldBe(HttpStatusCode.SeeOther);
        answer.Location!.ShouldStartWith(client.RedirectUri + "?");
        answer.Answer["error"].ShouldBe(error);
        answer.Answer["state"].ShouldBe("the state");
        answer.Answer["iss"].ShouldBe(issuer.Address);
        answer.Answer.ShouldNotContainKey("code");
    }

    [Theory]
    [InlineData("&scope=openid", "invalid_request")]
    [InlineData("&resource=http%3A%2F%2Fother.example%2Fmcp", "invalid_target")]
    public async Task A_repeated_parameter_is_refused(string addition, string error)
    {
        await using var issuer = await IssuerUnderTest.StartAsync();
        var client = await issuer.RegisterAsync();
        using var browser = issuer.OpenBrowser();

        (await browser.OpenAsync(client.AuthorizeUrl() + addition)).Answer["error"].ShouldBe(error);
    }

    [Fact]
    public async Task A_repeated_redirect_is_shown_to_the_person()
    {
        await using var issuer = await IssuerUnderTest.StartAsync();
        var client = await issuer.RegisterAsync();
        using var browser = issuer.OpenBrowser();

        var page = await browser.OpenAsync(client.AuthorizeUrl() + "&redirect_uri=https%3A%2F%2Fevil.example");

        page.Status.ShouldBe(HttpStatusCode.BadRequest);
        page.Location.ShouldBeNull();
    }

    [Fact]
    public async Task A_request_that_names_no_scope_gets_what_the_client_registered_for()
    {
        await using var issuer = await IssuerUnderTest.StartAsync();
        var client = await issuer.RegisterAsync();

        var tokens = await client.SignInAsync(changes: ("scope", null));

        tokens.Scope.ShouldBe("mcp:tools mcp:read mcp:plan mcp:apply openid profile groups offline_access");
    }

    [Fact]
    public async Task Unknown_scopes_are_left_out_and_the_answer_says_what_was_granted()
    {
        await using var issuer = await IssuerUnderTest.StartAsync();
        var client = await issuer.RegisterAsync();

        (await client.SignInAsync(changes: ("scope", "mcp:read everything"))).Scope.ShouldBe("mcp:read");
    }

    [Fact]
    public async Task A_client_may_post_its_request()
    {
        await using var issuer = await IssuerUnderTest.StartAsync();
        var client = await issuer.RegisterAsync();

        using var response = await issuer.PostFormAsync(
            "/authorize",
            ("response_type", "code"),
            ("client_id", client.Id),
            ("redirect_uri", client.RedirectUri),
            ("code_challenge", client.Challenge),
            ("code_challenge_method", "S256"));

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await response.Content.ReadAsStringAsync()).ShouldContain("<h1>Sign in</h1>");
    }
}
