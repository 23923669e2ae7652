using System.Net;
using System.Text.Json.Nodes;
using InfraGate.McpGateway.Tests.Support;
using InfraGate.RealParts.Time;
using InfraGate.RealParts.Waiting;
using Microsoft.Extensions.DependencyInjection;

namespace InfraGate.McpGateway.Tests.Transport;

public sealed class SessionLimitTests
{
    [Fact]
    public async Task An_idle_session_expires_and_is_counted()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(new() { ["SESSION_TTL_SECONDS"] = "1" });
        using var client = gateway.ClientOf("alice");
        await client.InitializeAsync();

        await Eventually.TrueAsync(async () => (await MetricsAsync(client)).Contains("mcp_sessions_total{event=\"expired\"} 1", StringComparison.Ordinal));

        (await client.AskAsync("tools/list")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await MetricsAsync(client)).ShouldContain("mcp_sessions_open 0");
    }

    [Fact]
    public async Task A_session_in_use_does_not_expire()
    {
        var time = new ShiftedTime();
        await using var gateway = await GatewayUnderTest.StartAsync(new() { ["SESSION_TTL_SECONDS"] = "20" }, builder => builder.Services.AddSingleton<TimeProvider>(time));
        await gateway.ReadyAsync();
        using var client = gateway.ClientOf("alice");
        await client.InitializeAsync();
        using var idle = gateway.ClientOf("bob");
        await idle.InitializeAsync();
        var call = client.CallAsync("get_held", gateway.Held);
        await Eventually.TrueAsync(() => Task.FromResult(gateway.Journaled("get_held") == 1));

        time.Forward(TimeSpan.FromMinutes(1));
        await Eventually.TrueAsync(async () => (await MetricsAsync(client)).Contains("mcp_sessions_total{event=\"expired\"} 1", StringComparison.Ordinal));
        gateway.Release();

        (await call).ToolError.ShouldBeNull();
        (await client.AskAsync("tools/list")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_session_whose_client_hangs_up_in_the_middle_still_expires()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(new() { ["SESSION_TTL_SECONDS"] = "1" });
        await gateway.ReadyAsync();
        using var client = gateway.ClientOf("alice");
        await client.InitializeAsync();
        using var request = client.Post("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"get_slow","arguments":{"milliseconds":200}}}""");
        using (await client.SendAsync(request))
        {
            // Hangs up with the answer still to come.
        }

        await Eventually.TrueAsync(async () => (await MetricsAsync(client)).Contains("mcp_sessions_open 0", StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_subject_has_a_bounded_number_of_sessions_and_gets_a_place_back_by_deleting_one()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(new() { ["INFRA_GATE_MAX_SESSIONS_PER_SUBJECT"] = "2" });
        using var first = gateway.ClientOf("alice");
        using var second = gateway.ClientOf("alice");
        using var third = gateway.ClientOf("alice");
        await first.InitializeAsync();
        await second.InitializeAsync();

        var refused = await third.InitializeAsync();
        refused.Status.ShouldBe(HttpStatusCode.TooManyRequests);
        refused.Header("Retry-After").ShouldNotBeNull();
        ((int?)refused.Last["id"]).ShouldBe(1);
        (await gateway.ClientOf("bob").InitializeAsync()).Status.ShouldBe(HttpStatusCode.OK);

        using var deleted = await first.SendAsync(first.Bare(HttpMethod.Delete, "/mcp"));
        (await third.InitializeAsync()).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task All_sessions_together_are_bounded()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(new() { ["INFRA_GATE_MAX_SESSIONS"] = "1" });
        await gateway.ClientOf("alice").InitializeAsync();

        (await gateway.ClientOf("bob").InitializeAsync()).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task A_handshake_that_fails_leaves_no_session()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var client = gateway.ClientOf("alice");

        await client.AskAsync("initialize", new JsonObject { ["protocolVersion"] = "2031-01-01", ["capabilities"] = new JsonObject(), ["clientInfo"] = new JsonObject { ["name"] = "a", ["version"] = "1" } });

        (await MetricsAsync(client)).ShouldContain("mcp_sessions_open 0");
    }

    private static async Task<string> MetricsAsync(McpWire client)
    {
        using var response = await client.SendAsync(client.Bare(HttpMethod.Get, "/metrics"));
        return await response.Content.ReadAsStringAsync();
    }
}
