using System.Globalization;
using InfraGate.ApprovalUi.Tests.Support;
using InfraGate.RealParts.Browser;
using Xunit.Abstractions;

namespace InfraGate.ApprovalUi.Tests.Pages;

/// <summary>Measures; a shared machine's clock is no judge. <c>docs/performance.md</c> holds a measurement with the machine it was made on.</summary>
public sealed class FirstPaintTests(ChromiumFixture chromium, ITestOutputHelper output) : IClassFixture<ChromiumFixture>
{
    private const int Rounds = 5;

    [Fact]
    public async Task A_plan_with_500_changed_lines_is_painted_whole()
    {
        await using var host = await ApprovalHost.StartAsync();
        var plan = await host.AddAsync(new PlanSamples(host.Time, Person.Alice).ChangedLines(500));
        await using var alice = await Visitor.OpenAsync(chromium, host, Person.Alice);
        var paints = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            await alice.OpenAsync(plan);
            paints.Add(await alice.Page.EvaluateAsync<double>("""
                new Promise(resolve => new PerformanceObserver(list => resolve(list.getEntriesByName("first-contentful-paint")[0].startTime)).observe({ type: "paint", buffered: true }))
                """));
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"first contentful paint in ms, first visit and {Rounds - 1} more: {string.Join(", ", paints.Select(paint => paint.ToString("0", CultureInfo.InvariantCulture)))}"));
        (await alice.Page.Locator(".row.added").CountAsync()).ShouldBe(250);
        (await alice.Page.Locator(".row.removed").CountAsync()).ShouldBe(250);
        (await alice.Page.Locator("details.fold .row.added, details.fold .row.removed").CountAsync()).ShouldBe(0);
        await alice.ShouldHaveNoComplaintsAsync();
    }
}
