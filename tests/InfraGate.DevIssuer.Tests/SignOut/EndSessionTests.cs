using System.Net;
using InfraGate.DevIssuer.Tests.Fixtures;

namespace InfraGate.DevIssuer.Tests.SignOut;

public sealed class EndSessionTests
{
    [Fact]
    public async Task A_client_with_the_sessions_id_token_signs_out_and_comes_back()
    {
        await using var issuer = await IssuerUnderTest.StartAsync();
        using var browser = issuer.OpenBrowser();
        var tokens = await issuer.ApprovalUi().SignInAsync(browser);

        var answer = await browser.OpenAsync($"/end-session?id_token_hint={tokens.Id}&post_logout_redirect_uri={Uri.EscapeDataString("http://localhost:41000/approvals")}&state=abc");

        answer.Status.ShouldBe(HttpStatusCode.SeeOther);
        answer.Location.ShouldBe("http://localhost:41000/approvals?state=abc");
        (await browser.OpenAsync(issuer.ApprovalUi().AuthorizeUrl())).Asks("Sign in").ShouldBeTrue();
    }

    [Fact]
    public async Task An_expired_id_token_still_says_who_signs_out()
    {
        await using var issuer = await IssuerUnderTest.StartAsync();
        using var browser = issuer.OpenBrowser();
        var tokens = await issuer.ApprovalUi().SignInAsync(browser);
        issuer.Time.Advance(TimeSpan.FromHours(1));

        (await browser.OpenAsync($"/end-session?id_token_hint={tokens.Id}")).Asks("You are signed out").ShouldBeTrue();
        (await browser.OpenAsync(issuer.ApprovalUi().AuthorizeUrl())).Asks("Sign in").ShouldBeTrue();
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("http://127.0.0.1:3001/elsewhere")]
    [InlineData("//evil.example")]
    public async Task The_way_back_must_be_registered(string target)
    {
        await using var issuer = await IssuerUnderTest.StartAsync();
        using var browser = issuer.OpenBrowser();
        var tokens = await issuer.ApprovalUi().SignInAsync(browser);

        var page = await browser.OpenAsync($"/end-session?id_token_hint={tokens.Id}&post_logout_redirect_uri={Uri.EscapeDataString(target)}");

        page.Status.ShouldBe(HttpStatusCode.BadRequest);
        page.Location.ShouldBeNull();
    }

    [Fact]
    public async Task Without_an_id_token_the_person_is_asked_so_that_no_site_can_sign_anyone_out()
    {
        await using var issuer = await IssuerUnderTest.StartAsync();
        using var browser = issuer.OpenBrowser();
        await issuer.ApprovalUi().SignInAsync(browser);

        var question = await browser.OpenAsync("/end-session?client_id=infra-gate-approval-ui");
        question.Asks("Sign out?").ShouldBeTrue();
        (await browser.PostAsync(question.FormAction, question.HiddenFields, "https://evil.example")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await browser.OpenAsync(issuer.ApprovalUi().AuthorizeUrl())).Answer.ShouldContainKey("code");

        (await browser.SubmitAsync(question)).Asks("You are signed out").ShouldBeTrue();
        (await browser.OpenAsync(issuer.ApprovalUi().AuthorizeUrl())).Asks("Sign in").ShouldBeTrue();
    }

    [Fact]
    public async Task An_access_token_or_a_forgery_is_no_hint()
    {
        await using var issuer = await IssuerUnderTest.StartAsync();
        using var browser = issuer.OpenBrowser();
        var tokens = await issuer.ApprovalUi().SignInAsync(browser);

        (await browser.OpenAsync($"/end-session?id_token_hint={tokens.Access}")).Asks("Sign out?").ShouldBeTrue();
        (await browser.OpenAsync($"/end-session?id_token_hint={tokens.Id[..^4]}AAAA")).Asks("Sign out?").ShouldBeTrue();
    }
}
