using System.Net;
using InfraGate.McpGateway.Tests.Support;
using InfraGate.RealParts.Time;
using Microsoft.Extensions.DependencyInjection;

namespace InfraGate.McpGateway.Tests.Auth.SignIn;

/// <summary>How long a sign-in lasts, and how it ends.</summary>
public sealed class ApproverSessionTests
{
    [Fact]
    public async Task An_idle_session_ends_after_half_an_hour()
    {
        var time = new ShiftedTime();
        await using var gateway = await StartAsync(time);
        using var browser = new SignInBrowser(gateway);
        await browser.SignInAsync();

        time.Forward(TimeSpan.FromMinutes(29));
        (await browser.StatusAsync("/approvals")).ShouldBe(HttpStatusCode.OK);
        time.Forward(TimeSpan.FromMinutes(31));

        (await browser.StatusAsync("/approvals")).ShouldBe(HttpStatusCode.Redirect);
    }

    [Theory]
    [InlineData("/approvals/live", false)]
    [InlineData("/approvals/live/plans/20261120-7QK2M9ZX", false)]
    [InlineData("/approvals", true)]
    public async Task What_an_open_page_asks_by_itself_keeps_no_session_alive(string path, bool isMarked)
    {
        var time = new ShiftedTime();
        await using var gateway = await StartAsync(time);
        using var browser = new SignInBrowser(gateway);
        await browser.SignInAsync();

        time.Forward(TimeSpan.FromMinutes(25));
        (await browser.StatusAsync(path, isMarked)).ShouldBe(HttpStatusCode.OK);
        time.Forward(TimeSpan.FromMinutes(6));

        (await browser.StatusAsync("/approvals")).ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Whoever_decides_after_the_session_has_ended_is_told_that_nothing_was_taken()
    {
        var time = new ShiftedTime();
        await using var gateway = await StartAsync(time);
        using var browser = new SignInBrowser(gateway);
        await browser.SignInAsync();
        var form = new Dictionary<string, string> { ["__RequestVerificationToken"] = await browser.FormTokenAsync(), ["Input.Verdict"] = "Approve" };
        time.Forward(TimeSpan.FromMinutes(31));

        using var answer = await browser.SendAsync(HttpMethod.Post, "/approvals/plans/20261120-7QK2M9ZX?view=split", new FormUrlEncodedContent(form));

        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        var html = await answer.Content.ReadAsStringAsync();
        html.ShouldContain("Your sign-in has ended");
        html.ShouldContain("nothing was approved, denied or withdrawn");
        html.ShouldContain("href=\"/approvals/plans/20261120-7QK2M9ZX?view=split\"");
    }

    [Fact]
    public async Task A_busy_session_ends_after_eight_hours()
    {
        var time = new ShiftedTime();
        await using var gateway = await StartAsync(time);
        using var browser = new SignInBrowser(gateway);
        await browser.SignInAsync();
        for (var passed = TimeSpan.Zero; passed < TimeSpan.FromHours(7.5); passed += TimeSpan.FromMinutes(20))
        {
            (await browser.StatusAsync("/approvals")).ShouldBe(HttpStatusCode.OK, passed.ToString());
            time.Forward(TimeSpan.FromMinutes(20));
        }

        time.Forward(TimeSpan.FromMinutes(25));

        (await browser.StatusAsync("/approvals")).ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Signing_out_ends_this_session_for_good_and_no_other()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var here = new SignInBrowser(gateway);
        using var there = new SignInBrowser(gateway);
        await here.SignInAsync();
        await there.SignInAsync();
        var stolen = here.Cookies.ToDictionary(StringComparer.Ordinal);

        using var answer = await here.SignOutAsync(everywhere: false);

        answer.Headers.Location!.OriginalString.ShouldEndWith("/approvals/signed-out");
        using var thief = new SignInBrowser(gateway);
        foreach (var (name, value) in stolen)
        {
            thief.Cookies[name] = value;
        }

        (await thief.StatusAsync("/approvals")).ShouldBe(HttpStatusCode.Redirect);
        (await there.StatusAsync("/approvals")).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Signing_out_everywhere_ends_the_persons_other_sessions_and_the_one_at_the_issuer()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var here = new SignInBrowser(gateway);
        using var there = new SignInBrowser(gateway);
        using var bob = new SignInBrowser(gateway);
        await here.SignInAsync();
        await there.SignInAsync();
        await bob.SignInAsync("bob");

        using var answer = await here.SignOutAsync(everywhere: true);

        var location = answer.Headers.Location!.OriginalString;
        location.ShouldStartWith(gateway.Issuer.Url + "/end-session?");
        location.ShouldContain("id_token_hint=");
        location.ShouldContain("post_logout_redirect_uri=" + Uri.EscapeDataString(gateway.Url + "/approvals/signed-out"));
        (await there.StatusAsync("/approvals")).ShouldBe(HttpStatusCode.Redirect);
        (await bob.StatusAsync("/approvals")).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Nobody_is_signed_out_by_another_site()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var alice = new SignInBrowser(gateway);
        await alice.SignInAsync();

        using var answer = await alice.SendAsync(HttpMethod.Post, "/approvals/sign-out", new FormUrlEncodedContent(new Dictionary<string, string> { ["everywhere"] = "true" }));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await alice.StatusAsync("/approvals")).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Behind_https_every_cookie_is_secure_and_bound_to_the_host()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(new() { ["INFRA_GATE_APPROVAL_BASE_URL"] = "https://gate.example.com" });
        using var browser = new SignInBrowser(gateway, host: "gate.example.com");

        (await browser.StartAsync())["redirect_uri"].ShouldBe("https://gate.example.com/approvals/signin-callback");
        await browser.SignInAsync();
        (await browser.FormTokenAsync()).ShouldNotBeEmpty();

        browser.Cookies.Keys.ShouldContain("__Host-infragate-approver");
        browser.Cookies.Keys.ShouldContain("__Host-infragate-form");
        browser.SetCookies.ShouldAllBe(cookie => cookie.Contains("; secure", StringComparison.OrdinalIgnoreCase) && cookie.Contains("; httponly", StringComparison.OrdinalIgnoreCase));
        browser.SetCookies.ShouldContain(cookie => cookie.StartsWith("__Host-infragate-sign-in.", StringComparison.Ordinal));
        browser.SetCookies.ShouldAllBe(cookie => cookie.StartsWith("__Host-", StringComparison.Ordinal)
            && cookie.Contains("; path=/;", StringComparison.OrdinalIgnoreCase) && !cookie.Contains("domain=", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Over_plain_http_the_cookies_stay_with_the_approval_pages_because_cookies_know_no_ports()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var browser = new SignInBrowser(gateway);

        await browser.SignInAsync();
        (await browser.FormTokenAsync()).ShouldNotBeEmpty();

        browser.Cookies.Keys.ShouldContain("infragate-approver");
        browser.Cookies.Keys.ShouldContain("infragate-form");
        browser.SetCookies.ShouldAllBe(cookie => cookie.Contains("; path=/approvals", StringComparison.OrdinalIgnoreCase));
        using var answer = await browser.SignOutAsync(everywhere: false);
        browser.SetCookies.Last(cookie => cookie.StartsWith("infragate-approver=;", StringComparison.Ordinal)).ShouldContain("; path=/approvals;", Case.Insensitive);
    }

    [Fact]
    public async Task A_page_opened_under_another_name_of_the_gateway_starts_at_the_configured_one()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(new() { ["INFRA_GATE_APPROVAL_BASE_URL"] = "https://gate.example.com" });
        using var browser = new SignInBrowser(gateway);

        using var answer = await browser.GetAsync("/approvals/audit?q=x");

        answer.Headers.Location!.OriginalString.ShouldBe("https://gate.example.com/approvals/audit?q=x");
    }

    private static Task<GatewayUnderTest> StartAsync(ShiftedTime time) =>
        GatewayUnderTest.StartAsync(customize: builder => builder.Services.AddSingleton<TimeProvider>(time));
}
