using System.Net;
using InfraGate.DevIssuer.Tests.Fixtures;

namespace InfraGate.DevIssuer.Tests.SignIn;

public sealed class SignInTests
{
    [Fact]
    public async Task Pages_cannot_be_framed_run_no_script_and_load_nothing_from_elsewhere()
    {
        await using var issuer = await IssuerUnderTest.StartAsync();
        using var browser = issuer.OpenBrowser();

        var page = await browser.OpenAsync(issuer.ApprovalUi().AuthorizeUrl());

        page.Headers["X-Frame-Options"].ShouldBe("DENY");
        page.Headers["X-Content-Type-Options"].ShouldBe("nosniff");
        page.Headers["Cache-Control"].ShouldContain("no-store");
        var policy = page.Headers["Content-Security-Policy"];
        policy.ShouldContain("default-src 'none'");
        policy.ShouldContain("frame-ancestors 'none'");
        policy.ShouldContain("form-action 'self' http://127.0.0.1:3001;");
        policy.ShouldNotContain("unsafe");
        page.Html.ShouldNotContain("<script");
        page.Html.ShouldNotContain("style=");
        page.Html.ShouldNotContain("https://");
    }

    [Fact]
    public async Task The_page_says_that_it_is_for_local_use()
    {
        await using var issuer = await IssuerUnderTest.StartAsync();
        using var browser = issuer.OpenBrowser();

        (await browser.OpenAsync(issuer.ApprovalUi().AuthorizeUrl())).Html.ShouldContain("Local use only.");
    }

    [Fact]
    public async Task Cookies_are_out_of_reach_of_scripts_and_of_other_sites()
    {
        await using var issuer = await IssuerUnderTest.StartAsync();
        using var browser = issuer.OpenBrowser();

        var page = await browser.OpenAsync(issuer.ApprovalUi().AuthorizeUrl());
        var answer = await browser.SignInAsync(page);

        page.Headers["Set-Cookie"].ShouldContain("path=/authorize; samesite=strict; httponly", Case.Insensitive);
        answer.Headers["Set-Cookie"].ShouldContain("path=/authorize; samesite=lax; httponly", Case.Insensitive);
    }

    [Theory]
    [InlineData("alice", "wrong")]
    [InlineData("nobody", "alice-local-only")]
    [InlineData("alice", "")]
    [InlineData("", "")]
    public async Task A_wrong_name_or_password_signs_nobody_in_and_does_not_say_which_was_wrong(string userName, string password)
    {
        await using var issuer = await IssuerUnderTest.StartAsync();
        using var browser = issuer.OpenBrowser();
        var page = await browser.OpenAsync(issuer.ApprovalUi().AuthorizeUrl());

        var again = await browser.SubmitAsync(page, ("username", userName), ("password", password));

        again.Status.ShouldBe(HttpStatusCode.Unauthorized);
        again.Html.ShouldContain("The user name or the password is wrong.");
        again.Headers.ShouldNotContainKey("Set-Cookie");
    }

    [Fact]
    public async Task A_mistyped_password_can_be_corrected_on_the_same_page()
    {
        await using var issuer = await IssuerUnderTest.StartAsync();
        using var browser = issuer.OpenBrowser();
        var page = await browser.OpenAsync(issuer.ApprovalUi().AuthorizeUrl());

        var again = await browser.SubmitAsync(page, ("username", "alice"), ("password", "typo"));
        var answer = await browser.SignInAsync(again);

        answer.Answer["code"].ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Guessing_is_stopped_after_five_failures_even_with_the_right_password_until_a_minute_has_passed()
    {
        await using var issuer = await IssuerUnderTest.StartAsync();
        using var browser = issuer.OpenBrowser();
        var page = await browser.OpenAsync(issuer.ApprovalUi().AuthorizeUrl());
        for (var guess = 0; guess < 5; guess++)
        {
            (await browser.SubmitAsync(page, ("username", "alice"), ("password", $"guess {guess}"))).Status.ShouldBe(HttpStatusCode.Unauthorized);
        }

        var stopped = await browser.SubmitAsync(page, ("username", "ALICE"), ("password", "alice-local-only"));

        stopped.Status.ShouldBe(HttpStatusCode.TooManyRequests);
        stopped.Headers["Retry-After"].ShouldBe("60");
        issuer.Time.Advance(TimeSpan.FromSeconds(61));
        (await browser.SignInAsync(page)).Answer["code"].ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Guesses_sent_at_once_do_not_slip_through()
    {
        await using var issuer = await IssuerUnderTest.StartAsync();
        using var browser = issuer.OpenBrowser();
        var page = await browser.OpenAsync(issuer.ApprovalUi().AuthorizeUrl());

        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(guess => browser.SubmitAsync(page, ("username", "bob"), ("password", $"guess {guess}"))));

        answers.Count(answer => answer.Status is HttpStatusCode.Unauthorized).ShouldBe(5);
        answers.Count(answer => answer.Status is HttpStatusCode.TooManyRequests).ShouldBe(25);
    }

    [Fact]
    public async Task Guessing_many_names_is_stopped_as_well()
    {
        await using var issuer = await IssuerUnderTest.StartAsync();
        using var browser = issuer.OpenBrowser();
        var page = await browser.OpenAsync(issuer.ApprovalUi().AuthorizeUrl());
        for (var guess = 0; guess < 50; guess++)
        {
            await browser.SubmitAsync(page, ("username", $"user{guess}"), ("password", "password"));
        }

        (await browser.SubmitAsync(page, ("username", "one more"), ("password", "password"))).Status.ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task A_form_posted_from_another_site_signs_nobody_in()
    {
        await using var issuer = await IssuerUnderTest.StartAsync();
        using var browser = issuer.OpenBrowser();
        var page = await browser.OpenAsync(issuer.ApprovalUi().AuthorizeUrl());

        var refused = await browser.PostAsync(page.FormAction, page.HiddenFields, "https://evil.example", ("username", "alice"), ("password", "alice-local-only"));

        refused.Status.ShouldBe(HttpStatusCode.Forbidden);
        refused.Headers.ShouldNotContainKey("Set-Cookie");
    }

    [Theory]
    [InlineData("null")]
    [InlineData("http://127.0.0.1:1")]
    public async Task A_form_posted_from_a_sandboxed_or_another_local_page_signs_nobody_in(string origin)
    {
        await using var issuer = await IssuerUnderTest.StartAsync();
        using var browser = issuer.OpenBrowser();
        var page = await browser.OpenAsync(issuer.ApprovalUi().AuthorizeUrl());

        (await browser.PostAsync(page.FormAction, page.HiddenFields, origin, ("username", "alice"), ("password", "alice-local-only"))).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_form_that_belongs_to_an_attackers_browser_signs_the_victim_in_to_nothing()
    {
        await using var issuer = await IssuerUnderTest.StartAsync();
        using var attacker = issuer.OpenBrowser();
        using var victim = issuer.OpenBrowser();
        var attackersPage = await attacker.OpenAsync(issuer.ApprovalUi().AuthorizeUrl());
        await victim.OpenAsync(issuer.ApprovalUi().AuthorizeUrl());

        var refused = await victim.PostAsync(attackersPage.FormAction, attackersPage.HiddenFields, issuer.Address, ("username", "alice"), ("password", "alice-local-only"));

        refused.Status.ShouldBe(HttpStatusCode.BadRequest);
        refused.Location.ShouldBeNull();
    }

    [Fact]
    public async Task A_form_without_its_page_is_refused()
    {
        await using var issuer = await IssuerUnderTest.StartAsync();
        using var browser = issuer.OpenBrowser();
        await browser.OpenAsync(issuer.ApprovalUi().AuthorizeUrl());

        var refused = await browser.PostAsync("/authorize/sign-in", new Dictionary<string, string>(StringComparer.Ordinal), issuer.Address, ("username", "alice"), ("password", "alice-local-only"));

        refused.Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_page_left_open_too_long_is_refused()
    {
        await using var issuer = await IssuerUnderTest.StartAsync();
        using var browser = issuer.OpenBrowser();
        var page = await browser.OpenAsync(issuer.ApprovalUi().AuthorizeUrl());
        issuer.Time.Advance(TimeSpan.FromMinutes(16));

        (await browser.SubmitAsync(page, ("username", "alice"), ("password", "alice-local-only"))).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task One_page_gives_one_code()
    {
        await using var issuer = await IssuerUnderTest.StartAsync();
        using var browser = issuer.OpenBrowser();
        var page = await browser.OpenAsync(issuer.ApprovalUi().AuthorizeUrl());
        await browser.SignInAsync(page);

        (await browser.SignInAsync(page)).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Signing_in_replaces_a_session_cookie_that_was_planted_before()
    {
        await using var issuer = await IssuerUnderTest.StartAsync();
        using var browser = issuer.OpenBrowser();
        browser.Cookies.Add(new Uri(issuer.Address), new Cookie("infragate-dev-issuer-session", "planted", "/authorize"));
        var page = await browser.OpenAsync(issuer.ApprovalUi().AuthorizeUrl());
        await browser.SignInAsync(page);

        using var attacker = issuer.OpenBrowser();
        attacker.Cookies.Add(new Uri(issuer.Address), new Cookie("infragate-dev-issuer-session", "planted", "/authorize"));
        (await attacker.OpenAsync(issuer.ApprovalUi().AuthorizeUrl())).Asks("Sign in").ShouldBeTrue();
    }

    [Fact]
    public async Task Someone_signed_in_is_not_asked_again_until_the_session_ends()
    {
        await using var issuer = await IssuerUnderTest.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["DEV_ISSUER_SESSION_SECONDS"] = "600" });
        using var browser = issuer.OpenBrowser();
        await issuer.ApprovalUi().SignInAsync(browser);

        (await browser.OpenAsync(issuer.ApprovalUi().AuthorizeUrl())).Answer.ShouldContainKey("code");
        issuer.Time.Advance(TimeSpan.FromSeconds(601));
        (await browser.OpenAsync(issuer.ApprovalUi().AuthorizeUrl())).Asks("Sign in").ShouldBeTrue();
    }

    [Theory]
    [InlineData("prompt", "login")]
    [InlineData("prompt", "select_account")]
    [InlineData("max_age", "60")]
    public async Task A_client_can_ask_for_a_fresh_sign_in(string parameter, string value)
    {
        await using var issuer = await IssuerUnderTest.StartAsync();
        using var browser = issuer.OpenBrowser();
        await issuer.ApprovalUi().SignInAsync(browser);
        issuer.Time.Advance(TimeSpan.FromSeconds(61));

        var page = await browser.OpenAsync(issuer.ApprovalUi().AuthorizeUrl((parameter, value)));

        page.Asks("Sign in").ShouldBeTrue();
        (await browser.SignInAsync(page)).Answer.ShouldContainKey("code");
    }

    [Fact]
    public async Task A_client_can_ask_for_sign_in_and_consent_at_once()
    {
        await using var issuer = await IssuerUnderTest.StartAsync();
        var client = await issuer.RegisterAsync();
        using var browser = issuer.OpenBrowser();
        await client.SignInAsync(browser);

        var signIn = await browser.OpenAsync(client.AuthorizeUrl(("prompt", "login consent")));
        signIn.Asks("Sign in").ShouldBeTrue();
        var afterPassword = await browser.SubmitAsync(signIn, ("username", "alice"), ("password", "alice-local-only"));

        afterPassword.Location!.ShouldStartWith("/authorize/consent");
    }

    [Fact]
    public async Task A_form_with_too_many_fields_is_refused_as_the_senders_mistake()
    {
        await using var issuer = await IssuerUnderTest.StartAsync();
        var fields = Enumerable.Range(0, 2_000).Select(number => ($"f{number}", "x")).ToArray();
        foreach (var path in new[] { "/authorize/sign-in", "/authorize", "/end-session", "/token" })
        {
            using var response = await issuer.PostFormAsync(path, fields);
            response.StatusCode.ShouldBe(HttpStatusCode.BadRequest, path);
        }
    }

    [Fact]
    public async Task A_login_hint_is_filled_in_and_cannot_carry_markup()
    {
        await using var issuer = await IssuerUnderTest.StartAsync();
        using var browser = issuer.OpenBrowser();

        var page = await browser.OpenAsync(issuer.ApprovalUi().AuthorizeUrl(("login_hint", "\"><script>alert(1)</script>")));

        page.Html.ShouldNotContain("<script");
        page.Html.ShouldContain("&lt;script&gt;");
    }
}
