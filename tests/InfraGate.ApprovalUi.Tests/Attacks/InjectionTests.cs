using System.Net;
using InfraGate.ApprovalUi.Tests.Support;
using InfraGate.Plans;
using InfraGate.Plans.Findings;
using InfraGate.RealParts.Browser;
using Microsoft.Playwright;

namespace InfraGate.ApprovalUi.Tests.Attacks;

/// <summary>Markup and deceptive characters in everything that somebody else wrote.</summary>
public sealed class InjectionTests(ChromiumFixture chromium) : IClassFixture<ChromiumFixture>
{
    private const string Markup = "\"'><img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script></textarea></title>";

    [Theory]
    [InlineData("desktop")]
    [InlineData("no-js")]
    public async Task Markup_in_every_field_of_a_plan_stays_text(string profile)
    {
        await using var host = await ApprovalHost.StartAsync();
        var plan = await host.AddAsync(Poisoned(new PlanSamples(host.Time, Person.Alice)));
        await using var alice = await Visitor.OpenAsync(chromium, host, Person.Alice with { Name = Markup }, Profiles.Named(profile));

        foreach (var path in new[] { "/approvals", $"/approvals/plans/{plan.Id}", $"/approvals/plans/{plan.Id}?view=split", "/approvals/audit", "/approvals?q=" + Uri.EscapeDataString(Markup), "/approvals/audit?subject=" + Uri.EscapeDataString(Markup) })
        {
            await alice.GoToAsync(path);
            (await alice.Page.Locator("img[src=x], body script, [onerror]").CountAsync()).ShouldBe(0, path);
            (await alice.Page.TitleAsync()).ShouldContain("InfraGate");
        }

        await alice.OpenAsync(plan);
        (await alice.Page.Locator("[aria-labelledby=manifest] pre").InnerTextAsync()).ShouldContain(Markup);
        (await alice.Page.Locator(".finding-text").First.InnerTextAsync()).ShouldContain(Markup);
        await alice.ShouldHaveNoComplaintsAsync();
    }

    [Fact]
    public async Task Markup_in_a_reason_is_shown_as_what_somebody_wrote()
    {
        await using var host = await ApprovalHost.StartAsync();
        var plan = await host.AddAsync(new PlanSamples(host.Time, Person.Alice).Scale());
        using (var raw = host.NewRawBrowser(Person.Alice))
        {
            (await raw.DenyAsync(plan.Id, Markup)).EnsureRedirect();
        }

        await using var alice = await Visitor.OpenAsync(chromium, host, Person.Alice);
        await alice.OpenAsync(plan);

        (await alice.Page.Locator(".decisions blockquote").InnerTextAsync()).ShouldBe(Markup);
        (await alice.Page.Locator("img[src=x]").CountAsync()).ShouldBe(0);
        (await alice.Page.TitleAsync()).ShouldNotBe("owned");
        await alice.ShouldHaveNoComplaintsAsync();
    }

    [Fact]
    public async Task Markup_in_what_the_cluster_and_its_logs_answered_stays_text()
    {
        await using var host = await ApprovalHost.StartAsync();
        var failed = await host.AddAsync(new PlanSamples(host.Time, Person.Alice).Create());
        var rolling = await host.AddAsync(new PlanSamples(host.Time, Person.Alice).Scale());
        using (var raw = host.NewRawBrowser(Person.Alice))
        {
            (await raw.ApproveAsync(failed.Id)).EnsureRedirect();
            (await raw.ApproveAsync(rolling.Id)).EnsureRedirect();
        }

        await host.Agent.ClaimAsync(failed.Id);
        await host.Agent.FailAsync(failed.Id, Markup);
        await host.Agent.ClaimAsync(rolling.Id);
        await host.Agent.FinishAsync(rolling.Id);
        await host.Agent.RollOutAsync(rolling.Id, "stuck", "the log of its newest Pod ends with: " + Markup);
        await using var alice = await Visitor.OpenAsync(chromium, host, Person.Alice);

        foreach (var plan in new[] { failed, rolling })
        {
            await alice.OpenAsync(plan);
            (await alice.Page.Locator("[data-region=outcome]").InnerTextAsync()).ShouldContain(Markup);
            (await alice.Page.Locator("img[src=x], body script, [onerror]").CountAsync()).ShouldBe(0);
            (await alice.Page.TitleAsync()).ShouldContain("InfraGate");
        }

        await alice.ShouldHaveNoComplaintsAsync();
    }

    [Fact]
    public async Task Look_alike_and_bidirectional_characters_are_shown_by_code_point()
    {
        await using var host = await ApprovalHost.StartAsync();
        var content = new PlanSamples(host.Time, Person.Alice).SetImage("docker.io\u2215library/ng\u0456nx:1.27\u202e4.72.1\u200b");
        var plan = await host.AddAsync(content with { Requester = content.Requester with { Name = "\u0410lice Adams" } });
        await using var alice = await Visitor.OpenAsync(chromium, host, Person.Alice, BrowserProfile.Dark);

        await alice.OpenAsync(plan);

        var added = await alice.Page.Locator(".row.added code").First.InnerTextAsync();
        added.ShouldContain("ng\u0456[U+0456]nx:1.27[U+202E]4.72.1[U+200B]");
        added.ShouldNotContain("\u202e");
        (await alice.Page.Locator("h1").InnerTextAsync()).ShouldContain("[U+202E]");
        (await alice.Page.Locator(".facts").InnerTextAsync()).ShouldContain("\u0410[U+0410]lice");
        added.ShouldContain("docker.io\u2215[U+2215]library");
        (await alice.Page.Locator(".row.added mark").First.GetAttributeAsync("title")).ShouldBe("looks like /");
        (await alice.Page.Locator(".row.added mark").Nth(1).GetAttributeAsync("title")).ShouldBe("letter of another script");
        (await alice.Page.ContentAsync()).ShouldNotContain("\u202e");
        await alice.LookAsync("look-alikes");
        await alice.GoToAsync("/approvals");
        (await alice.Page.Locator(".plan-summary").InnerTextAsync()).ShouldContain("[U+202E]");
        await alice.ShouldHaveNoComplaintsAsync();
    }

    [Fact]
    public async Task Every_page_forbids_frames_inline_code_and_other_hosts()
    {
        await using var host = await ApprovalHost.StartAsync();
        var plan = await host.AddAsync(new PlanSamples(host.Time, Person.Alice).Scale());
        using var alice = host.NewRawBrowser(Person.Alice);

        foreach (var path in new[] { "/approvals", $"/approvals/plans/{plan.Id}", "/approvals/audit", "/approvals/plans/nonsense", "/approvals/c/nonsense", "/approvals/signed-out" })
        {
            using var response = await alice.GetAsync(path);
            var policy = response.Headers.GetValues("Content-Security-Policy").Single();
            policy.ShouldStartWith("default-src 'none'; script-src 'self'; style-src 'self';");
            policy.ShouldContain("frame-ancestors 'none'");
            policy.ShouldNotContain("unsafe");
            policy.ShouldNotContain("*");
            var html = await response.Content.ReadAsStringAsync();
            html.ShouldNotContain(" style=\"");
            html.ShouldNotContain("<style");
            html.ShouldNotContain("javascript:");
        }
    }

    [Fact]
    public async Task A_page_that_fails_says_nothing_of_the_inside_and_keeps_its_policy()
    {
        await using var host = await ApprovalHost.StartAsync();
        var plan = await host.AddAsync(new PlanSamples(host.Time, Person.Alice).Scale());
        await host.BreakStoreAsync();
        using var alice = host.NewRawBrowser(Person.Alice);

        using var response = await alice.GetAsync($"/approvals/plans/{plan.Id}");

        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        response.Headers.Contains("Content-Security-Policy").ShouldBeTrue();
        var html = await response.Content.ReadAsStringAsync();
        html.ShouldContain("The plan store cannot be used");
        html.ShouldNotContain("Sqlite");
        html.ShouldNotContain("   at ");
    }

    private static PlanContent Poisoned(PlanSamples samples)
    {
        var content = samples.SetImage(Markup, new Finding("f1", FindingCodes.Privileged, FindingSeverity.Acknowledge, Markup, Markup, Markup), new Finding("f2", FindingCodes.NoLimits, FindingSeverity.Info, Markup, Markup, Markup));
        return content with
        {
            Cluster = Markup,
            Requester = new Requester("alice", Markup, Markup, Markup),
            Impact = new PlanImpact(Markup, [new ImpactFigure(Markup, Markup, 1, 2)]),
            Intent = content.Intent with { ManifestView = Markup },
            Targets = [content.Targets[0] with { Name = Markup, Conflicts = [new FieldConflict(Markup, Markup)] }],
        };
    }
}
