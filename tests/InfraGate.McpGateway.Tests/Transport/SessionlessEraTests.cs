using System.Net;
using System.Text.Json.Nodes;
using InfraGate.McpGateway.Tests.Support;
using InfraGate.RealParts.Waiting;

namespace InfraGate.McpGateway.Tests.Transport;

public sealed class SessionlessEraTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    [Fact]
    public async Task Discover_list_and_call_work_without_a_session()
    {
        using var client = fixture.Gateway.ClientOf("alice");

        var discovered = await client.AskSessionlessAsync("server/discover");
        discovered.Status.ShouldBe(HttpStatusCode.OK);
        discovered.Session.ShouldBeNull();
        discovered.Result["supportedVersions"]!.AsArray().Select(version => (string?)version).ShouldContain("2026-07-28");

        var tools = (await client.AskSessionlessAsync("tools/list")).Result;
        tools["tools"]!.AsArray().Select(tool => (string?)tool!["name"]).ShouldContain("get_echo");
        ((int?)tools["ttlMs"]).ShouldNotBeNull();

        var echoed = await client.AskSessionlessAsync("tools/call", new JsonObject { ["name"] = "get_echo", ["arguments"] = new JsonObject { ["number"] = 7 } });
        ((int?)echoed.Structured["arguments"]!["number"]).ShouldBe(7);
        ((string?)echoed.Structured["meta"]!["infragate.dev/caller"]!["subject"]).ShouldBe("alice");
    }

    [Theory]
    [InlineData("Mcp-Method", "tools/list")]
    [InlineData("Mcp-Name", "get_crash")]
    [InlineData("Mcp-Name", "=?base64?!!!?=")]
    [InlineData("MCP-Protocol-Version", "2025-11-25")]
    public async Task A_header_that_disagrees_with_the_body_is_refused(string header, string value)
    {
        using var client = fixture.Gateway.ClientOf("alice");

        var answer = await client.AskSessionlessAsync("tools/call", new JsonObject { ["name"] = "get_echo", ["arguments"] = new JsonObject() }, request =>
        {
            request.Headers.Remove(header);
            request.Headers.Add(header, value);
        });

        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        ((int?)answer.Error["code"]).ShouldBe(-32020);
        ((int?)answer.Last["id"]).ShouldBe(1);
    }

    [Theory]
    [InlineData("Mcp-Method")]
    [InlineData("Mcp-Name")]
    [InlineData("MCP-Protocol-Version")]
    public async Task A_missing_standard_header_is_refused(string header)
    {
        using var client = fixture.Gateway.ClientOf("alice");

        var answer = await client.AskSessionlessAsync("tools/call", new JsonObject { ["name"] = "get_echo" }, request => request.Headers.Remove(header));

        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        ((int?)answer.Error["code"]).ShouldBe(-32020);
    }

    [Theory]
    [InlineData("initialize")]
    [InlineData("ping")]
    [InlineData("logging/setLevel")]
    [InlineData("no/such/method")]
    public async Task What_the_revision_does_not_have_is_not_found(string method)
    {
        using var client = fixture.Gateway.ClientOf("alice");

        var answer = await client.AskSessionlessAsync(method);

        answer.Status.ShouldBe(HttpStatusCode.NotFound);
        ((int?)answer.Error["code"]).ShouldBe(-32601);
        ((int?)answer.Last["id"]).ShouldBe(1);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("DELETE")]
    public async Task There_is_no_get_and_no_delete(string method)
    {
        using var client = fixture.Gateway.ClientOf("alice");
        using var request = client.Bare(new HttpMethod(method), "/mcp");
        request.Headers.Add("MCP-Protocol-Version", "2026-07-28");
        using var response = await client.SendAsync(request);

        response.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        response.Content.Headers.Allow.ShouldBe(["POST"]);
    }

    [Fact]
    public async Task An_unknown_revision_is_answered_with_those_that_are_spoken()
    {
        using var client = fixture.Gateway.ClientOf("alice");

        var answer = await client.AskSessionlessAsync("server/discover", change: request =>
        {
            request.Headers.Remove("MCP-Protocol-Version");
            request.Headers.Add("MCP-Protocol-Version", "2099-01-01");
        });

        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        ((int?)answer.Error["code"]).ShouldBe(-32022);
        answer.Error["data"]!["supported"]!.AsArray().Select(version => (string?)version).ShouldBe(["2026-07-28"]);
        ((string?)answer.Error["data"]!["requested"]).ShouldBe("2099-01-01");
    }

    [Fact]
    public async Task Scopes_hold_here_as_well()
    {
        using var client = fixture.Gateway.ClientOf("reader", "mcp:read");

        var answer = await client.AskSessionlessAsync("tools/call", new JsonObject { ["name"] = "apply_approved_plan" });

        answer.Status.ShouldBe(HttpStatusCode.Forbidden);
        answer.Challenge.ShouldNotBeNull().ShouldContain("mcp:apply");
    }

    [Fact]
    public async Task A_client_that_hangs_up_stops_the_servers_work()
    {
        var startedBefore = fixture.Gateway.Journaled("get_slow");
        var cancelledBefore = fixture.Gateway.Journaled("cancelled");
        using var client = fixture.Gateway.ClientOf("alice");
        var call = client.AskSessionlessAsync("tools/call", new JsonObject { ["name"] = "get_slow", ["arguments"] = new JsonObject { ["milliseconds"] = 60000 } });
        await Eventually.TrueAsync(() => Task.FromResult(fixture.Gateway.Journaled("get_slow") > startedBefore));

        client.Dispose();

        await Eventually.TrueAsync(() => Task.FromResult(fixture.Gateway.Journaled("cancelled") > cancelledBefore));
        await Should.ThrowAsync<Exception>(() => call);
    }
}
