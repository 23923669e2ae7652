using System.Net;
using InfraGate.ApprovalUi.Tests.Support;
using InfraGate.RealParts.Browser;
using Microsoft.Playwright;

namespace InfraGate.ApprovalUi.Tests.Pages;

public sealed class InboxTests(ChromiumFixture chromium) : IClassFixture<ChromiumFixture>
{
    [Theory]
    [MemberData(nameof(Profiles.WithJavaScript), MemberType = typeof(Profiles))]
    public async Task Waiting_plans_come_first_the_riskiest_on_top(string profile)
    {
        await using var host = await ApprovalHost.StartAsync();
        var samples = new PlanSamples(host.Time, Person.Alice);
        var harmless = await host.AddAsync(samples.Scale());
        var dangerous = await host.AddAsync(samples.ManyFindings());
        var denied = await host.AddAsync(samples.Restart());
        using (var raw = host.NewRawBrowser(Person.Alice))
        {
            (await raw.DenyAsync(denied.Id, "Later.")).EnsureRedirect();
        }

        await using var alice = await Visitor.OpenAsync(chromium, host, Person.Alice, Profiles.Named(profile));
        await alice.GoToAsync("/approvals");

        var links = await alice.Page.Locator(".plan-link").EvaluateAllAsync<string[]>("links => links.map(link => link.getAttribute('href'))");
        links.ShouldBe([.. new[] { dangerous, harmless, denied }.Select(plan => $"/approvals/plans/{plan.Id}")]);
        await alice.LookAsync("inbox");
        await alice.ShouldHaveNoComplaintsAsync();
    }

    [Fact]
    public async Task Each_filter_is_in_the_url_and_narrows_the_list()
    {
        await using var host = await ApprovalHost.StartAsync();
        var mine = await host.AddAsync(new PlanSamples(host.Time, Person.Alice).Scale());
        var theirs = await host.AddAsync(new PlanSamples(host.Time, Person.Bob).Delete());
        var elsewhere = await host.AddAsync(new PlanSamples(host.Time, Person.Bob).Restart() with { Namespace = "payments" });
        using var alice = host.NewRawBrowser(Person.Alice);

        (await ListedAsync(alice, "?requester=alice")).ShouldBe([mine.Id.Value]);
        (await ListedAsync(alice, "?operation=delete")).ShouldBe([theirs.Id.Value]);
        (await ListedAsync(alice, "?namespace=payments")).ShouldBe([elsewhere.Id.Value]);
        (await ListedAsync(alice, "?q=bob&operation=restart")).ShouldBe([elsewhere.Id.Value]);
        (await ListedAsync(alice, "?status=denied")).ShouldBeEmpty();
        (await ListedAsync(alice, "?status=nonsense&operation=nonsense")).Length.ShouldBe(3);
        (await alice.ReadAsync("/approvals?status=denied")).ShouldContain("No plan matches");
    }

    [Fact]
    public async Task The_views_above_the_filters_take_one_click()
    {
        await using var host = await ApprovalHost.StartAsync();
        await host.AddAsync(new PlanSamples(host.Time, Person.Bob).Scale());
        await using var alice = await Visitor.OpenAsync(chromium, host, Person.Alice);
        await alice.GoToAsync("/approvals");

        await alice.Page.GetByText("Asked for by me").ClickAsync();

        await Assertions.Expect(alice.Page.Locator(".views a[aria-current]")).ToHaveTextAsync("Asked for by me");
        await Assertions.Expect(alice.Page.GetByText("No plan matches")).ToBeVisibleAsync();
        await alice.LookAsync("inbox-no-match");
    }

    [Fact]
    public async Task More_plans_than_a_page_holds_are_reached_under_the_same_filter()
    {
        await using var host = await ApprovalHost.StartAsync();
        var samples = new PlanSamples(host.Time, Person.Alice);
        for (var i = 0; i < 53; i++)
        {
            await host.AddAsync(samples.Scale());
        }

        await host.AddAsync(samples.Delete());
        using var alice = host.NewRawBrowser(Person.Alice);
        var first = await alice.ReadAsync("/approvals?operation=scale");
        var next = WebUtility.HtmlDecode(first.Split("class=\"more\" href=\"")[1].Split('"')[0]);

        (await ListedAsync(alice, next["/approvals".Length..])).Length.ShouldBe(3);
    }

    [Fact]
    public async Task A_plan_whose_time_has_run_out_is_no_longer_listed_as_waiting()
    {
        await using var host = await ApprovalHost.StartAsync();
        await host.AddAsync(new PlanSamples(host.Time, Person.Alice).Scale());
        host.Time.Forward(TimeSpan.FromHours(2));
        using var alice = host.NewRawBrowser(Person.Alice);

        var html = await alice.ReadAsync("/approvals");

        html.ShouldContain("Nothing waits for a decision.");
        html.ShouldContain("status-expired");
    }

    private static async Task<string[]> ListedAsync(RawBrowser browser, string query) =>
        [.. (await browser.ReadAsync("/approvals" + query)).Split("href=\"/approvals/plans/").Skip(1).Select(rest => rest.Split('"')[0])];
}
