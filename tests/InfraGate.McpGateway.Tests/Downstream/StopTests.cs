using System.Net;
using InfraGate.McpGateway.Tests.Support;
using InfraGate.RealParts.Waiting;

namespace InfraGate.McpGateway.Tests.Downstream;

/// <summary>What a gateway that is told to stop waits for, and what it does not wait for.</summary>
public sealed class StopTests
{
    // Ten minutes to drain: a stop that waits for a stream is one that does not come.
    private static readonly Dictionary<string, string> s_longDrain = new() { ["INFRA_GATE_DRAIN_SECONDS"] = "600" };
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(60);

    // What a server had to end before it was killed in the middle of its drain, and some.
    private static readonly TimeSpan s_longerThanOnceAllowed = TimeSpan.FromSeconds(6);

    [Theory]
    [InlineData("")]
    [InlineData("/plans/{0}")]
    public async Task A_page_that_is_open_loses_its_stream_at_once_and_its_server_still_ends_by_itself(string page)
    {
        await using var gateway = await GatewayUnderTest.StartAsync(s_longDrain);
        await gateway.ReadyAsync();
        var plan = await gateway.AddPlanAsync();
        using var alice = new SignInBrowser(gateway);
        await alice.SignInAsync();
        using var response = await alice.GetAsync("/approvals/live" + string.Format(page, plan.Id));
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var stream = new StreamReader(await response.Content.ReadAsStreamAsync());
        (await stream.ReadLineAsync().WaitAsync(s_deadline)).ShouldBe("retry: 2000");

        var stop = gateway.StopAsync();

        await stream.ReadToEndAsync().WaitAsync(s_deadline);
        await stop.WaitAsync(s_deadline);
        gateway.Journaled("ended").ShouldBe(1);
    }

    [Fact]
    public async Task A_server_that_still_carries_something_out_is_waited_for()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        await gateway.ReadyAsync();
        gateway.HoldEnds();
        var stop = gateway.StopAsync();
        await Eventually.TrueAsync(() => Task.FromResult(gateway.Journaled("ending") == 1));

        await Task.Delay(s_longerThanOnceAllowed);
        gateway.LetEnd();

        await stop.WaitAsync(s_deadline);
        gateway.Journaled("ended").ShouldBe(1);
    }
}
