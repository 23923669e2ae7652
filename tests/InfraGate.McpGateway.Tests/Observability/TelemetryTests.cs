using System.Net;
using InfraGate.McpGateway.Tests.Support;

namespace InfraGate.McpGateway.Tests.Observability;

public sealed class TelemetryTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    [Fact]
    public async Task The_trace_of_the_request_goes_on_into_the_server()
    {
        using var client = fixture.Gateway.ClientOf("alice");
        await client.InitializeAsync();
        var trace = System.Diagnostics.ActivityTraceId.CreateRandom().ToHexString();

        var answer = await client.AskAsync(
            "tools/call",
            new System.Text.Json.Nodes.JsonObject { ["name"] = "get_echo", ["_meta"] = new System.Text.Json.Nodes.JsonObject { ["traceparent"] = "00-11111111111111111111111111111111-2222222222222222-01" } },
            request => request.Headers.Add("traceparent", $"00-{trace}-00f067aa0ba902b7-01"));

        ((string?)answer.Structured["meta"]!["traceparent"]).ShouldNotBeNull().ShouldStartWith($"00-{trace}-");
    }

    [Fact]
    public async Task Metrics_count_by_tool_and_outcome_and_know_no_tool_that_a_client_made_up()
    {
        using var client = fixture.Gateway.ClientOf("alice");
        await client.InitializeAsync();
        await client.CallAsync("get_echo");
        await client.CallAsync("get_echo\",injected=\"1");

        using var response = await client.SendAsync(client.Bare(HttpMethod.Get, "/metrics"));

        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/plain");
        var text = await response.Content.ReadAsStringAsync();
        text.ShouldContain("mcp_invocations_total{outcome=\"ok\",tool=\"get_echo\"}");
        text.ShouldContain("mcp_invocations_total{outcome=\"protocol_error\",tool=\"unknown\"}");
        text.ShouldContain("mcp_call_duration_seconds_count{tool=\"get_echo\"}");
        text.ShouldContain("mcp_downstream_up 1");
        text.ShouldNotContain("injected");
        text.ShouldNotContain("alice");
    }

    [Theory]
    [InlineData("/healthz", "ok\n")]
    [InlineData("/api/health", "ok\n")]
    [InlineData("/readyz", "ready\n")]
    [InlineData("/api/ready", "ready\n")]
    public async Task Health_needs_no_authentication_and_reveals_nothing(string path, string body)
    {
        using var nobody = fixture.Gateway.NewClient(null);
        using var response = await nobody.SendAsync(nobody.Bare(HttpMethod.Get, path));

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await response.Content.ReadAsStringAsync()).ShouldBe(body);
    }
}
