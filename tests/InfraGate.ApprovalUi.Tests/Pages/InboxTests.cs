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
        (await ListedAsync(alice, "?requester=Alice+Adams")).ShouldBeEmpty();
        WebUtility.HtmlDecode(await alice.ReadAsync("/approvals")).ShouldContain("<label>Requester's subject <input name=\"requester\"");
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
    public async Task All_that_wait_are_counted_and_not_only_those_on_the_page()
    {
        await using var host = await ApprovalHost.StartAsync();
        var samples = new PlanSamples(host.Time, Person.Alice);
        for (var i = 0; i < 53; i++)
        {
            await host.AddAsync(samples.Scale());
        }

        var denied = await host.AddAsync(samples.Delete());
        using var alice = host.NewRawBrowser(Person.Alice);
        (await alice.DenyAsync(denied.Id, "Later.")).EnsureRedirect();
        await host.AddAsync(samples.Restart());

        (await CountedAsync("/approvals")).ShouldBe(("(54) Plans", "54"));
        (await CountedAsync("/approvals?status=pending")).ShouldBe(("(54) Plans", "54"));
        (await CountedAsync("/approvals?operation=scale")).ShouldBe(("(50+) Plans", "50+"));
        (await CountedAsync("/approvals?operation=restart")).ShouldBe(("(1) Plans", "1"));
        (await CountedAsync("/approvals?operation=delete")).ShouldBe(("Plans", null));
        (await CountedAsync("/approvals?status=denied")).ShouldBe(("Plans", null));
        (await CountedAsync(await NextAsync("/approvals"))).ShouldBe(("(54) Plans", "54"));
        (await CountedAsync(await NextAsync("/approvals?operation=scale"))).ShouldBe(("(3+) Plans", "3+"));

        async Task<string> NextAsync(string path) => WebUtility.HtmlDecode((await alice.ReadAsync(path)).Split("class=\"more\" href=\"")[1].Split('"')[0]);

        async Task<(string Title, string? Heading)> CountedAsync(string path)
        {
            var html = WebUtility.HtmlDecode(await alice.ReadAsync(path));
            return (html.Split("<title>")[1].Split(" – ")[0], html.Contains("class=\"count\">", StringComparison.Ordinal) ? html.Split("class=\"count\">")[1].Split('<')[0] : null);
        }
    }

    [Fact]
    public async Task A_page_of_earlier_plans_does_not_say_that_nothing_waits()
    {
        await using var host = await ApprovalHost.StartAsync();
        var samples = new PlanSamples(host.Time, Person.Alice);
        using var alice = host.NewRawBrowser(Person.Alice);
        for (var i = 0; i < 50; i++)
        {
            await host.AddAsync(samples.Scale());
        }

        host.Time.Forward(TimeSpan.FromHours(2));
        await host.AddAsync(samples.Restart());
        var first = await alice.ReadAsync("/approvals");

        var second = await alice.ReadAsync(WebUtility.HtmlDecode(first.Split("class=\"more\" href=\"")[1].Split('"')[0]));

        second.ShouldContain("<title>(1) Plans");
        second.ShouldContain("status-expired");
        second.ShouldNotContain("Nothing waits for a decision.");
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
