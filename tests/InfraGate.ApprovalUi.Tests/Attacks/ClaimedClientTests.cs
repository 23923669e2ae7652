using InfraGate.ApprovalUi.Tests.Support;
using InfraGate.Plans;
using InfraGate.RealParts.Browser;
using Microsoft.Playwright;

namespace InfraGate.ApprovalUi.Tests.Attacks;

/// <summary>Any program may register as "Codex". What it says of itself must never look like something that InfraGate knows.</summary>
public sealed class ClaimedClientTests(ChromiumFixture chromium) : IClassFixture<ChromiumFixture>
{
    private const string ClientId = "5f0c1d2e-client";

    [Theory]
    [InlineData("Codex", "Codex")]
    [InlineData("Codex (verified)", "Codex (verified)")]
    [InlineData("Codex”. Verified by InfraGate. “", "Codex'. Verified by InfraGate. '")]
    [InlineData("xedoC\u202edeifirev", "xedoC[U+202E]deifirev")]
    [InlineData("C\u043edex", "C\u043e[U+043E]dex")]
    public async Task A_self_chosen_name_is_shown_as_a_claim_beside_the_verified_client_id(string claimed, string shown)
    {
        await using var host = await ApprovalHost.StartAsync();
        var content = new PlanSamples(host.Time, Person.Alice).Scale();
        var plan = await host.AddAsync(content with { Requester = content.Requester with { Client = ClientId, ClientName = ClaimedName.Of(claimed) } });
        await using var alice = await Visitor.OpenAsync(chromium, host, Person.Alice);

        await alice.OpenAsync(plan);

        var through = alice.Page.Locator(".facts div", new PageLocatorOptions { HasText = "Through" });
        (await through.InnerTextAsync()).ShouldContain($"calls itself {shown}");
        (await through.InnerTextAsync()).ShouldContain($"The name is its own word; its client id is {ClientId}\n");
        (await alice.Page.Locator("q.claim").AllInnerTextsAsync()).ShouldAllBe(name => name == shown);
        (await QuotationMarksAsync(alice.Page)).ShouldBe("“”");
        await alice.GoToAsync("/approvals");
        (await alice.Page.Locator(".plan-facts").InnerTextAsync()).ShouldContain($"a program that calls itself {shown}");
        await alice.ShouldHaveNoComplaintsAsync();
    }

    [Fact]
    public async Task A_client_that_claims_nothing_is_shown_by_its_id()
    {
        await using var host = await ApprovalHost.StartAsync();
        var content = new PlanSamples(host.Time, Person.Alice).Scale();
        var plan = await host.AddAsync(content with { Requester = content.Requester with { Client = ClientId, ClientName = null } });
        using var alice = host.NewRawBrowser(Person.Alice);

        var html = await alice.ReadAsync($"/approvals/plans/{plan.Id}");

        html.ShouldContain(ClientId);
        html.ShouldNotContain("calls itself");
    }

    // The marks come from the style sheet, which innerText does not show.
    private static Task<string> QuotationMarksAsync(IPage page) => page.EvaluateAsync<string>(
        "(() => { const quotes = getComputedStyle(document.querySelector('q.claim')).quotes; return quotes.replace(/[\\s\"]/g, ''); })()");
}
