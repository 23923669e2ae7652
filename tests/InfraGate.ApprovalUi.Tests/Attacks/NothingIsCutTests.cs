using System.Net;
using InfraGate.ApprovalUi.Tests.Support;
using InfraGate.Plans;
using InfraGate.Plans.Findings;

namespace InfraGate.ApprovalUi.Tests.Attacks;

/// <summary>What a human approves must be what runs, to its end: a page that shortens is a page that hides (CVE-2026-32065, GHSA-xww8-gqvh-92x9).</summary>
public sealed class NothingIsCutTests
{
    private static readonly string Long = new string('x', 50_000) + "-the-end";

    [Theory]
    [InlineData("")]
    [InlineData("?view=split")]
    public async Task However_long_a_line_is_its_end_is_on_the_page_wherever_it_is_shown(string view)
    {
        await using var host = await ApprovalHost.StartAsync();
        var content = new PlanSamples(host.Time, Person.Alice).SetImage(Long, PlanSamples.Finding(1, FindingCodes.Privileged, FindingSeverity.Acknowledge, Long, Long));
        var plan = await host.AddAsync(content with { Intent = content.Intent with { ManifestView = Long } });

        var html = await ReadAsync(host, plan, view);

        // The sentence, the finding, its path, the diff, the request, the manifest.
        Count(html, "-the-end").ShouldBeGreaterThanOrEqualTo(6);
        html.ShouldNotContain("…");
    }

    [Fact]
    public async Task However_many_objects_a_plan_has_each_is_shown_with_its_request()
    {
        await using var host = await ApprovalHost.StartAsync();
        var content = new PlanSamples(host.Time, Person.Alice).Scale();
        var targets = Enumerable.Range(1, 20).Select(number => content.Targets[0] with { Name = $"object-{number:00}", Request = content.Targets[0].Request with { Path = $"/path/of/{number:00}" } });
        var plan = await host.AddAsync(content with { Targets = [.. targets] });

        var html = await ReadAsync(host, plan);

        foreach (var number in Enumerable.Range(1, 20))
        {
            html.ShouldContain($"Deployment/object-{number:00}");
            html.ShouldContain($"PATCH /path/of/{number:00}?");
        }
    }

    [Fact]
    public async Task Every_line_that_changes_is_outside_of_what_can_be_folded()
    {
        await using var host = await ApprovalHost.StartAsync();
        var plan = await host.AddAsync(new PlanSamples(host.Time, Person.Alice).ChangedLines(2_000));

        var html = await ReadAsync(host, plan);

        var unfolded = string.Concat(html.Split("<details class=\"fold\">").Select((part, index) => index == 0 ? part : part[part.IndexOf("</details>", StringComparison.Ordinal)..]));
        Count(unfolded, "class=\"row added\"").ShouldBe(1_000);
        Count(unfolded, "class=\"row removed\"").ShouldBe(1_000);
    }

    private static async Task<string> ReadAsync(ApprovalHost host, Plan plan, string view = "")
    {
        using var alice = host.NewRawBrowser(Person.Alice);
        return WebUtility.HtmlDecode(await alice.ReadAsync($"/approvals/plans/{plan.Id}{view}"));
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
