using InfraGate.ApprovalUi.Tests.Support;
using InfraGate.Plans;
using InfraGate.RealParts.Browser;
using Xunit.Abstractions;

namespace InfraGate.ApprovalUi.Tests.Pages;

/// <summary>Measures; a shared machine's clock is no judge. <c>docs/performance.md</c> holds a measurement with the machine it was made on.</summary>
public sealed class FirstPaintTests(ChromiumFixture chromium, ITestOutputHelper output) : IClassFixture<ChromiumFixture>
{
    private const int LaterVisits = 4;

    [Fact]
    public async Task A_plan_with_500_changed_lines_is_painted_whole_on_the_first_visit_and_on_later_ones()
    {
        await using var host = await ApprovalHost.StartAsync();
        var plan = await host.AddAsync(new PlanSamples(host.Time, Person.Alice).ChangedLines(500));
        await using var alice = await Visitor.OpenAsync(chromium, host, Person.Alice);
        await alice.Page.SetContentAsync("<p>A browser that somebody uses has drawn a page before.</p>");
        await host.WarmedUpAsync(plan.Id);

        output.WriteLine("first visit:  " + await VisitAsync(alice, plan));
        for (var visit = 0; visit < LaterVisits; visit++)
        {
            output.WriteLine("later visit:  " + await VisitAsync(alice, plan));
        }

        (await alice.Page.Locator(".row.added").CountAsync()).ShouldBe(250);
        (await alice.Page.Locator(".row.removed").CountAsync()).ShouldBe(250);
        (await alice.Page.Locator("details.fold .row.added, details.fold .row.removed").CountAsync()).ShouldBe(0);
        await alice.ShouldHaveNoComplaintsAsync();
    }

    private static async Task<PaintTimes> VisitAsync(Visitor visitor, Plan plan)
    {
        await visitor.OpenAsync(plan);
        return await PaintTimes.ReadAsync(visitor.Page);
    }
}
