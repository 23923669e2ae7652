using System.Net;
using System.Text.Json.Nodes;
using InfraGate.McpGateway.Tests.Support;
using InfraGate.RealParts.Waiting;

namespace InfraGate.McpGateway.Tests.Transport;

public sealed class CallLimitTests
{
    [Fact]
    public async Task A_subject_that_calls_too_often_gets_429_and_others_do_not()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(new() { ["INFRA_GATE_CALLS_PER_MINUTE"] = "1" });
        await gateway.ReadyAsync();
        using var greedy = gateway.ClientOf("greedy");
        await greedy.InitializeAsync();

        var refused = await greedy.CallAsync("get_echo");

        refused.Status.ShouldBe(HttpStatusCode.TooManyRequests);
        int.Parse(refused.Header("Retry-After")!).ShouldBeInRange(1, 60);
        ((int?)refused.Last["id"]).ShouldBe(2);
        (await greedy.AskAsync("tools/list")).Status.ShouldBe(HttpStatusCode.OK);
        (await gateway.ClientOf("modest").InitializeAsync()).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Calls_beyond_those_at_once_and_those_waiting_are_refused()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(new() { ["INFRA_GATE_MAX_CONCURRENT_CALLS"] = "1", ["INFRA_GATE_MAX_QUEUED_CALLS"] = "1" });
        await gateway.ReadyAsync();
        using var client = gateway.ClientOf("alice");
        await client.InitializeAsync();

        var running = client.CallAsync("get_held", gateway.Held);
        await Eventually.TrueAsync(() => Task.FromResult(gateway.Journaled("get_held") == 1));

        var more = Enumerable.Range(0, 4).Select(_ => client.CallAsync("get_held", gateway.Held)).ToList();

        for (var i = 0; i < 3; i++)
        {
            var refused = await Task.WhenAny(more);
            (await refused).ToolError.ShouldBe("rate_limited");
            more.Remove(refused);
        }

        gateway.Release();
        (await running).ToolError.ShouldBeNull();
        (await more.Single()).ToolError.ShouldBeNull();
    }

    [Fact]
    public async Task A_call_that_takes_too_long_is_stopped_in_the_server_too()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(new() { ["INFRA_GATE_CALL_TIMEOUT_SECONDS"] = "1" });
        await gateway.ReadyAsync();
        using var client = gateway.ClientOf("alice");
        await client.InitializeAsync();

        // Once more if the time was over before the server had the call: then it had nothing to stop.
        await Eventually.TrueAsync(async () =>
        {
            (await client.CallAsync("get_slow", new JsonObject { ["milliseconds"] = 60000 })).ToolError.ShouldBe("timeout");
            return gateway.Journaled("cancelled") > 0;
        });
    }

    [Fact]
    public async Task Mcp_can_be_turned_off_while_health_stays()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(new() { ["INFRA_GATE_MCP_ENABLED"] = "false" });
        using var client = gateway.ClientOf("alice");

        (await client.InitializeAsync()).Status.ShouldBe(HttpStatusCode.NotFound);
        using var health = await client.SendAsync(client.Bare(HttpMethod.Get, "/healthz"));
        health.StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
