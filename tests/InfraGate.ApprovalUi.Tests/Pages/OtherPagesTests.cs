using System.Net;
using InfraGate.ApprovalUi.Hosting;
using InfraGate.ApprovalUi.Pages;
using InfraGate.ApprovalUi.Tests.Support;
using InfraGate.Plans;
using InfraGate.Plans.Audit;
using InfraGate.RealParts.Browser;
using Microsoft.Playwright;

namespace InfraGate.ApprovalUi.Tests.Pages;

/// <summary>The audit trail, and the pages at which a road ends.</summary>
public sealed class OtherPagesTests(ChromiumFixture chromium) : IClassFixture<ChromiumFixture>
{
    [Fact]
    public async Task Whose_API_key_asked_stands_beside_the_name_of_the_key()
    {
        await using var host = await ApprovalHost.StartAsync();
        var sample = new PlanSamples(host.Time, Person.Alice).Scale();
        var plan = await host.AddAsync(sample with { Requester = new Requester("key:ci", "ci", "api-key", Owner: Person.Alice.Subject) });
        await using var bob = await Visitor.OpenAsync(chromium, host, Person.Bob);

        await bob.OpenAsync(plan);

        await Assertions.Expect(bob.Page.Locator(".facts")).ToContainTextAsync($"an API key that {Person.Alice.Subject} holds");
    }

    [Theory]
    [MemberData(nameof(Profiles.WithJavaScript), MemberType = typeof(Profiles))]
    public async Task The_audit_trail_is_searched_and_its_chain_verified_on_the_page(string profile)
    {
        await using var host = await ApprovalHost.StartAsync();
        var samples = new PlanSamples(host.Time, Person.Alice);
        var plan = await host.AddAsync(samples.Scale());
        await host.AddAsync(samples.Restart());
        using (var raw = host.NewRawBrowser(Person.Alice))
        {
            (await raw.DenyAsync(plan.Id, "Not during the match.")).EnsureRedirect();
        }

        await using var alice = await Visitor.OpenAsync(chromium, host, Person.Alice, Profiles.Named(profile));
        await alice.GoToAsync("/approvals/audit");
        await Assertions.Expect(alice.Page.Locator("tbody tr")).ToHaveCountAsync(4);
        await Assertions.Expect(alice.Page.Locator(".banner.good")).ToContainTextAsync("The chain is whole.");
        await Assertions.Expect(alice.Page.GetByRole(AriaRole.Link, new() { Name = "Export everything as " })).ToHaveCountAsync(2);
        await Assertions.Expect(alice.Page.Locator("form.filters a")).ToHaveCountAsync(0);
        await Assertions.Expect(alice.Page.Locator(".who button")).ToHaveTextAsync(["Sign out", "Sign out everywhere"]);
        await alice.LookAsync("audit");
        await alice.Page.Locator("input[name=q]").FillAsync("match");
        await alice.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(alice.Page.Locator("tbody tr")).ToHaveCountAsync(2);

        host.Chain.State = new ChainState(IsWhole: false, "Entry 3 was edited: its hash is not the one it was written with.");
        await alice.Page.ReloadAsync();
        await Assertions.Expect(alice.Page.Locator(".banner.danger")).ToContainTextAsync("Entry 3 was edited");
        await alice.LookAsync("audit-broken");
        await alice.ShouldHaveNoComplaintsAsync();
    }

    [Theory]
    [InlineData("plan=20261120", "“20261120” is no plan id")]
    [InlineData("plan=nonsense&q=alice", "“nonsense” is no plan id")]
    [InlineData("plan=%3Cb%3E", "“<b>” is no plan id")]
    [InlineData("plan=20261120-AAAAAAAA", "No entry matches")]
    [InlineData("q=nobody-wrote-this", "No entry matches")]
    [InlineData("subject=nobody", "No entry matches")]
    public async Task A_search_of_the_trail_that_finds_nothing_says_why_and_how_to_widen_it(string query, string heading)
    {
        await using var host = await ApprovalHost.StartAsync();
        await host.AddAsync(new PlanSamples(host.Time, Person.Alice).Scale());
        await using var alice = await Visitor.OpenAsync(chromium, host, Person.Alice);

        await alice.GoToAsync("/approvals/audit?" + query);

        await Assertions.Expect(alice.Page.Locator(".empty h2")).ToHaveTextAsync(heading);
        await Assertions.Expect(alice.Page.Locator("tbody tr")).ToHaveCountAsync(0);
        await alice.LookHereAsync("audit-nothing-found");
        await alice.Page.GetByText("show the whole trail").ClickAsync();
        await Assertions.Expect(alice.Page.Locator("tbody tr")).ToHaveCountAsync(1);
        await alice.ShouldHaveNoComplaintsAsync();
    }

    [Fact]
    public async Task A_trail_without_entries_says_when_there_will_be_some()
    {
        await using var host = await ApprovalHost.StartAsync();
        using var alice = host.NewRawBrowser(Person.Alice);

        (await alice.ReadAsync("/approvals/audit?plan=&q=+")).ShouldContain("Entries appear as soon as a plan is made.");
    }

    [Fact]
    public async Task The_whole_trail_is_exported_as_lines_of_JSON_and_as_CSV()
    {
        await using var host = await ApprovalHost.StartAsync();
        var plan = await host.AddAsync(new PlanSamples(host.Time, Person.Alice).Scale());
        using var alice = host.NewRawBrowser(Person.Alice);
        (await alice.DenyAsync(plan.Id, "=cmd|' /C calc'!A0")).EnsureRedirect();

        using var lines = await alice.GetAsync("/approvals/audit/export.jsonl");
        using var table = await alice.GetAsync("/approvals/audit/export.csv");

        lines.Content.Headers.ContentDisposition!.FileName.ShouldBe("infragate-audit-3.jsonl");
        (await lines.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(3);
        table.Content.Headers.ContentType!.MediaType.ShouldBe("text/csv");
        (await table.Content.ReadAsStringAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(4);
    }

    [Theory]
    [InlineData("desktop")]
    [InlineData("phone-dark")]
    public async Task Pages_at_which_a_road_ends_say_what_to_do(string profile)
    {
        await using var host = await ApprovalHost.StartAsync();
        await using var alice = await Visitor.OpenAsync(chromium, host, Person.Alice, Profiles.Named(profile));

        foreach (var (path, status, words, name) in new[]
        {
            ("/approvals/plans/20261120-AAAAAAAA", HttpStatusCode.NotFound, "There is no such plan", "no-such-plan"),
            ("/approvals/plans/nonsense", HttpStatusCode.NotFound, "There is no such plan", "no-plan-id"),
            ("/approvals/c/nonsense", HttpStatusCode.NotFound, "This link does not lead anywhere", "unknown-link"),
            ("/approvals/nowhere", HttpStatusCode.NotFound, "There is nothing here", "nowhere"),
            ("/approvals/signed-out", HttpStatusCode.OK, "You are signed out", "signed-out"),
            ("/approvals/sign-in-problem?reason=wrong-issuer", HttpStatusCode.OK, "another identity provider", "sign-in-problem"),
        })
        {
            var response = await alice.GoToAsync(path);
            response!.Status.ShouldBe((int)status, path);
            (await alice.Page.Locator("main").InnerTextAsync()).ShouldContain(words);
            await alice.LookAsync("end-" + name);
        }
    }

    [Fact]
    public async Task Links_that_were_handed_out_in_a_row_are_one_line_of_the_timeline()
    {
        await using var host = await ApprovalHost.StartAsync();
        var plan = await host.AddAsync(new PlanSamples(host.Time, Person.Alice).Scale());
        for (var call = 0; call < 3; call++)
        {
            await host.Store.IssueChallengeAsync(plan.Id, TimeSpan.FromMinutes(10), Person.Alice.ToActor());
        }

        await using var alice = await Visitor.OpenAsync(chromium, host, Person.Alice);
        await alice.OpenAsync(plan);

        (await alice.Page.Locator(".timeline-what").AllInnerTextsAsync()).ShouldBe(
            ["Alice Adams asked for it through a program that calls itself Codex", "An approval link was handed to the agent (3 times)"]);
    }

    [Fact]
    public async Task However_many_links_were_handed_out_the_timeline_tells_who_asked_and_what_it_leaves_out()
    {
        await using var host = await ApprovalHost.StartAsync();
        var plan = await host.AddAsync(new PlanSamples(host.Time, Person.Alice).Scale());
        for (var call = 0; call < AuditQuery.MaximumPage; call++)
        {
            await host.Store.IssueChallengeAsync(plan.Id, TimeSpan.FromMinutes(10), Person.Alice.ToActor());
        }

        await using var alice = await Visitor.OpenAsync(chromium, host, Person.Alice);
        await alice.OpenAsync(plan);

        (await alice.Page.Locator(".timeline-what").AllInnerTextsAsync()).ShouldBe(
            ["Alice Adams asked for it through a program that calls itself Codex", $"An approval link was handed to the agent ({PlanHistory.MostLinks} times)"]);
        await alice.LookAsync("timeline-cut");
        await alice.Page.GetByRole(AriaRole.Link, new() { Name = "audit trail", Exact = true }).ClickAsync();
        await Assertions.Expect(alice.Page.Locator("input[name=plan]")).ToHaveValueAsync(plan.Id.Value);
    }

    [Theory]
    [InlineData("desktop")]
    [InlineData("phone")]
    public async Task However_long_a_client_id_is_no_line_begins_with_the_rest_of_a_sentence(string profile)
    {
        await using var host = await ApprovalHost.StartAsync();
        var content = new PlanSamples(host.Time, Person.Alice).Scale();
        var plan = await host.AddAsync(content with { Requester = content.Requester with { Client = "https://client.example/" + new string('x', 300) } });
        await using var alice = await Visitor.OpenAsync(chromium, host, Person.Alice, Profiles.Named(profile));

        await alice.OpenAsync(plan);

        var through = alice.Page.Locator(".facts div", new PageLocatorOptions { HasText = "Through" });
        var lines = (await through.InnerTextAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines[^2].ShouldEndWith("xxx");
        lines[^1].ShouldBe("with the tool request_scale_deployment");
        await alice.ShouldHaveNoComplaintsAsync();
    }

    [Theory]
    [InlineData("desktop", 2, 2)]
    [InlineData("phone", 1, 2)]
    public async Task A_change_can_be_read_side_by_side_and_one_below_the_other_where_there_is_no_room(string profile, int onScreen, int onPaper)
    {
        await using var host = await ApprovalHost.StartAsync();
        var plan = await host.AddAsync(new PlanSamples(host.Time, Person.Alice).Update());
        await using var alice = await Visitor.OpenAsync(chromium, host, Person.Alice, Profiles.Named(profile));
        await alice.OpenAsync(plan);

        await alice.Page.GetByText("Side by side").ClickAsync();

        await Assertions.Expect(alice.Page.Locator(".diff.split").First).ToBeVisibleAsync();
        var unchanged = alice.Page.Locator(".diff.split > div > .pair:has(> .same)").First.Locator(".same >> visible=true");
        await Assertions.Expect(unchanged).ToHaveCountAsync(onScreen);
        await alice.LookAsync("side-by-side");
        await alice.Page.EmulateMediaAsync(new() { Media = Media.Print });
        await Assertions.Expect(unchanged).ToHaveCountAsync(onPaper);
        await alice.Page.EmulateMediaAsync(new() { Media = Media.Screen });
        await alice.ShouldHaveNoComplaintsAsync();
    }

    [Fact]
    public async Task A_policy_file_that_was_not_taken_over_is_said_on_every_page()
    {
        await using var host = await ApprovalHost.StartAsync();
        await File.WriteAllTextAsync(host.PolicyPath, "version: 1\ndefaults:\n  mode: nobody\n");
        await using var alice = await Visitor.OpenAsync(chromium, host, Person.Alice, BrowserProfile.Dark);

        await alice.GoToAsync("/approvals");

        await Assertions.Expect(alice.Page.Locator("header + .banner")).ToContainTextAsync("The policy file was not taken over.");
        await alice.LookAsync("policy-problem");
    }

    [Fact]
    public async Task Whether_the_cluster_changed_may_be_unknown_and_is_said()
    {
        await using var host = await ApprovalHost.StartAsync();
        var plan = await host.AddAsync(new PlanSamples(host.Time, Person.Alice).Scale());
        host.Freshness.MakeUnknown(plan.Id, "the cluster did not answer.");
        await using var alice = await Visitor.OpenAsync(chromium, host, Person.Alice);

        await alice.OpenAsync(plan);

        await Assertions.Expect(alice.Page.Locator(".banner")).ToContainTextAsync("could not be checked");
        await Assertions.Expect(alice.ApproveButton).ToBeEnabledAsync();
        await alice.LookAsync("freshness-unknown");
    }
}
