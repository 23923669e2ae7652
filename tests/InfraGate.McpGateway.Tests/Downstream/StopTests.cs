using System.Collections.Concurrent;
using System.Net;
using InfraGate.McpGateway.Downstream;
using InfraGate.McpGateway.Tests.Support;
using InfraGate.RealParts.Waiting;
using Microsoft.Extensions.DependencyInjection;

namespace InfraGate.McpGateway.Tests.Downstream;

/// <summary>What a gateway that is told to stop waits for, and what it does not wait for.</summary>
public sealed class StopTests
{
    // Ten minutes to drain: a stop that waits for a stream is one that does not come.
    private static readonly Dictionary<string, string> s_longDrain = new() { ["INFRA_GATE_DRAIN_SECONDS"] = "600" };
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(60);

    // What the server itself gives to what it carries out (ChangeComposition.DrainLimit there).
    private static readonly TimeSpan s_drainOfTheServer = TimeSpan.FromSeconds(20);

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
        var time = new NotedTimers();
        await using var gateway = await GatewayUnderTest.StartAsync(customize: builder => builder.Services.AddSingleton<TimeProvider>(time));
        await gateway.ReadyAsync();
        gateway.HoldEnds();
        var stop = gateway.StopAsync();
        await Eventually.TrueAsync(() => Task.FromResult(gateway.Journaled("ending") == 1));

        await Eventually.TrueAsync(() => Task.FromResult(time.Lengths.Contains(ServerConnection.StopLimit)));
        ServerConnection.StopLimit.ShouldBeGreaterThan(s_drainOfTheServer);
        stop.IsCompleted.ShouldBeFalse();
        gateway.LetEnd();

        await stop.WaitAsync(s_deadline);
        gateway.Journaled("ended").ShouldBe(1);
    }

    /// <summary>The real clock, which remembers how long its timers were to run.</summary>
    private sealed class NotedTimers : TimeProvider
    {
        private readonly ConcurrentDictionary<TimeSpan, bool> _lengths = [];

        public ICollection<TimeSpan> Lengths => _lengths.Keys;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _lengths[dueTime] = true;
            return base.CreateTimer(callback, state, dueTime, period);
        }
    }
}
