using System.Collections.Concurrent;
using InfraGate.ApprovalUi.Tests.Support;
using InfraGate.RealParts.Browser;

namespace InfraGate.ApprovalUi.Tests.Live;

/// <summary>A page that is being left loses its stream. It must not take that for a stream that was refused, and ask the gateway and the cluster for a page that nobody will see.</summary>
public sealed class LeavingTests(ChromiumFixture chromium) : IClassFixture<ChromiumFixture>
{
    private const int Times = 5;

    [Fact]
    public async Task Going_from_page_to_page_asks_for_nothing_but_the_pages_and_their_streams()
    {
        await using var host = await ApprovalHost.StartAsync();
        var plan = await host.AddAsync(new PlanSamples(host.Time, Person.Alice).Scale());
        await using var alice = await Visitor.OpenAsync(chromium, host, Person.Alice);
        var asked = new ConcurrentQueue<string>();
        alice.Page.Request += (_, request) => asked.Enqueue(request.ResourceType);

        for (var time = 0; time < Times; time++)
        {
            var opened = alice.Page.WaitForRequestAsync("**/live/**");
            await alice.OpenAsync(plan);
            await opened;
        }

        await alice.GoToAsync("/approvals");
        asked.ShouldNotContain("fetch");
        asked.Count(type => type == "eventsource").ShouldBeInRange(Times, Times + 1);
        await alice.ShouldHaveNoComplaintsAsync();
    }
}
