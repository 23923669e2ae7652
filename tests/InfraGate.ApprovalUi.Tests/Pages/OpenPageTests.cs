using InfraGate.ApprovalUi.Tests.Support;
using InfraGate.Plans;
using InfraGate.Plans.Lifecycle;
using InfraGate.RealParts.Browser;
using Microsoft.Playwright;

namespace InfraGate.ApprovalUi.Tests.Pages;

/// <summary>What happens to a page that somebody has open.</summary>
public sealed class OpenPageTests(ChromiumFixture chromium) : IClassFixture<ChromiumFixture>
{
    [Theory]
    [InlineData("desktop")]
    [InlineData("phone-dark")]
    public async Task A_plan_that_expires_says_so_and_its_buttons_go(string profile)
    {
        await using var host = await ApprovalHost.StartAsync();
        var plan = await host.AddAsync(new PlanSamples(host.Time, Person.Alice).ManyFindings());
        await using var alice = await Visitor.OpenAsync(chromium, host, Person.Alice, Profiles.Named(profile));
        await alice.OpenAsync(plan);
        await Assertions.Expect(alice.DenyButton).ToBeVisibleAsync();

        host.Time.Forward(TimeSpan.FromMinutes(61));

        await alice.ExpectStatusAsync("Expired");
        await Assertions.Expect(alice.DenyButton).ToHaveCountAsync(0);
        await Assertions.Expect(alice.Page.Locator("label.tick")).ToHaveCountAsync(0);
        await Assertions.Expect(alice.Page).ToHaveTitleAsync("Expired: set-image Deployment/nginx-demo – InfraGate");
        await alice.LookAsync("expired-while-open");
        await alice.ShouldHaveNoComplaintsAsync();
    }

    [Fact]
    public async Task The_countdown_ends_a_short_plan_without_any_news_from_the_server()
    {
        await using var host = await ApprovalHost.StartAsync();
        var plan = await host.AddAsync(new PlanSamples(host.Time, Person.Alice, TimeSpan.FromSeconds(8)).Scale());
        await using var alice = await Visitor.OpenAsync(chromium, host, Person.Alice);
        await alice.Page.RouteAsync("**/approvals/live/**", route => route.AbortAsync());
        await alice.OpenAsync(plan);

        await Assertions.Expect(alice.Status).ToHaveTextAsync("Expired");
        await Assertions.Expect(alice.ApproveButton).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData("dark")]
    [InlineData("phone")]
    public async Task A_plan_that_becomes_stale_says_what_changed_and_its_buttons_go(string profile)
    {
        await using var host = await ApprovalHost.StartAsync();
        var plan = await host.AddAsync(new PlanSamples(host.Time, Person.Alice).Update());
        await using var alice = await Visitor.OpenAsync(chromium, host, Person.Alice, Profiles.Named(profile));
        await alice.OpenAsync(plan);
        await alice.ExpectStatusAsync("Waiting for approval");

        host.Freshness.MakeStale(plan.Id, "Deployment/nginx-demo has another image.");

        await Assertions.Expect(alice.Status).ToHaveTextAsync("Stale");
        await Assertions.Expect(alice.Page.Locator(".banner")).ToContainTextAsync("Deployment/nginx-demo has another image.");
        await Assertions.Expect(alice.ApproveButton).ToHaveCountAsync(0);
        await alice.LookAsync("stale-while-open");
        await alice.ShouldHaveNoComplaintsAsync();
    }

    [Fact]
    public async Task A_live_update_leaves_what_somebody_is_typing_and_reading_alone()
    {
        await using var host = await ApprovalHost.StartAsync(Policies.TwoFromSre);
        var plan = await host.AddAsync(new PlanSamples(host.Time, Person.Alice).Update());
        await using var bob = await Visitor.OpenAsync(chromium, host, Person.Bob);
        await bob.OpenAsync(plan);
        await bob.Page.Locator("textarea").FillAsync("half a sent");
        await bob.Page.Locator("label.tick input").CheckAsync();
        await bob.Page.Locator("details.fold").First.ClickAsync();

        using var carol = host.NewRawBrowser(Person.Carol);
        (await carol.ApproveAsync(plan.Id, form => form["Input.Acknowledged"] = "f1")).EnsureRedirect();

        await Assertions.Expect(bob.Page.Locator(".decisions")).ToContainTextAsync("Carol Clark");
        (await bob.Page.Locator("textarea").InputValueAsync()).ShouldBe("half a sent");
        (await bob.Page.Locator("label.tick input").IsCheckedAsync()).ShouldBeTrue();
        (await bob.Page.Locator("details.fold").First.GetAttributeAsync("open")).ShouldNotBeNull();
        await Assertions.Expect(bob.ApproveButton).ToBeEnabledAsync();
        await bob.ApproveButton.ClickAsync();
        await bob.ExpectStatusAsync("Approved");
        await bob.ShouldHaveNoComplaintsAsync();
    }

    [Fact]
    public async Task A_refresh_that_fails_takes_nothing_from_the_page_and_a_later_one_goes_on()
    {
        await using var host = await ApprovalHost.StartAsync(Policies.TwoFromSre);
        var plan = await host.AddAsync(new PlanSamples(host.Time, Person.Alice).Update());
        await using var bob = await Visitor.OpenAsync(chromium, host, Person.Bob);
        await bob.OpenAsync(plan);
        await bob.Page.Locator("label.tick input").CheckAsync();
        await bob.Page.EvaluateAsync("""
            window.lost = 0;
            new MutationObserver(changes => changes.forEach(change => window.lost += [...change.removedNodes].filter(node => node.matches?.("label.tick, .finding")).length))
                .observe(document.getElementById("content"), { childList: true, subtree: true });
            """);
        var failed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await bob.Page.RouteAsync($"**/approvals/plans/{plan.Id}", async route =>
        {
            await route.FulfillAsync(new() { Status = 503, ContentType = "text/html", Body = "<title>Not now</title><h1>Not now</h1>" });
            failed.TrySetResult();
        });

        host.Freshness.MakeUnknown(plan.Id, "The cluster does not answer.");
        await failed.Task.WaitAsync(TimeSpan.FromSeconds(60));
        await bob.Page.UnrouteAllAsync();
        using var carol = host.NewRawBrowser(Person.Carol);
        (await carol.ApproveAsync(plan.Id, form => form["Input.Acknowledged"] = "f1")).EnsureRedirect();

        await Assertions.Expect(bob.Page.Locator(".decisions")).ToContainTextAsync("Carol Clark");
        (await bob.Page.EvaluateAsync<int>("window.lost")).ShouldBe(0);
        (await bob.Page.Locator("label.tick input").IsCheckedAsync()).ShouldBeTrue();
        await Assertions.Expect(bob.ApproveButton).ToBeEnabledAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_plan_that_was_stale_for_a_while_can_be_ticked_and_approved_again(bool openedWhileStale)
    {
        await using var host = await ApprovalHost.StartAsync();
        var plan = await host.AddAsync(new PlanSamples(host.Time, Person.Alice).Update());
        await using var alice = await Visitor.OpenAsync(chromium, host, Person.Alice);
        if (!openedWhileStale)
        {
            await alice.OpenAsync(plan);
            await alice.Page.Locator("label.tick input").CheckAsync();
        }

        host.Freshness.MakeStale(plan.Id, "Deployment/nginx-demo has another image.");
        if (openedWhileStale)
        {
            await alice.OpenAsync(plan);
        }

        await Assertions.Expect(alice.Page.Locator("label.tick")).ToHaveCountAsync(0);
        host.Freshness.MakeFresh(plan.Id);

        var tick = alice.Page.Locator("label.tick input");
        await Assertions.Expect(tick).ToBeCheckedAsync(new() { Checked = !openedWhileStale });
        await tick.CheckAsync();
        await Assertions.Expect(alice.ApproveButton).ToBeEnabledAsync();
        await alice.ApproveButton.ClickAsync();
        await alice.ExpectStatusAsync("Approved");
        await alice.ShouldHaveNoComplaintsAsync();
    }

    [Fact]
    public async Task A_page_whose_sign_in_has_ended_says_so_and_signs_nobody_in_by_itself()
    {
        await using var host = await ApprovalHost.StartAsync();
        var plan = await host.AddAsync(new PlanSamples(host.Time, Person.Alice).Scale());
        await using var alice = await Visitor.OpenAsync(chromium, host, Person.Alice);
        await alice.OpenAsync(plan);
        await alice.Page.EvaluateAsync("window.isTheSamePage = true");

        await alice.Page.Context.ClearCookiesAsync();
        host.Freshness.MakeUnknown(plan.Id, "The cluster does not answer.");

        await Assertions.Expect(alice.Page.Locator("#ended")).ToContainTextAsync("Your sign-in has ended");
        (await alice.Page.EvaluateAsync<bool>("window.isTheSamePage === true")).ShouldBeTrue();
    }

    [Fact]
    public async Task The_inbox_shows_a_new_plan_without_a_reload()
    {
        await using var host = await ApprovalHost.StartAsync();
        await using var alice = await Visitor.OpenAsync(chromium, host, Person.Alice);
        await alice.GoToAsync("/approvals");
        await alice.LookAsync("inbox-empty");
        await alice.Page.Locator("input[name=q]").FillAsync("unfinished");

        await host.AddAsync(new PlanSamples(host.Time, Person.Alice).Scale());

        await Assertions.Expect(alice.Page.Locator(".plan")).ToHaveCountAsync(1);
        await Assertions.Expect(alice.Page).ToHaveTitleAsync("(1) Plans – InfraGate");
        (await alice.Page.Locator("input[name=q]").InputValueAsync()).ShouldBe("unfinished");
        await alice.ShouldHaveNoComplaintsAsync();
    }

    [Fact]
    public async Task A_failure_and_its_outcome_arrive_on_the_open_page()
    {
        await using var host = await ApprovalHost.StartAsync();
        var plan = await host.AddAsync(new PlanSamples(host.Time, Person.Alice).Create());
        using (var raw = host.NewRawBrowser(Person.Alice))
        {
            (await raw.ApproveAsync(plan.Id)).EnsureRedirect();
        }

        await using var alice = await Visitor.OpenAsync(chromium, host, Person.Alice);
        await alice.OpenAsync(plan);
        await host.Agent.ClaimAsync(plan.Id);
        await host.Agent.FailAsync(plan.Id, "the quota of the namespace is used up");

        await alice.ExpectStatusAsync("Failed");
        await Assertions.Expect(alice.Page.Locator(".outcomes")).ToContainTextAsync("the quota of the namespace is used up");
        (await host.Store.FindAsync(plan.Id))!.Status.ShouldBe(PlanStatus.Failed);
        await alice.LookAsync("failed");
        await alice.ShouldHaveNoComplaintsAsync();
    }
}
