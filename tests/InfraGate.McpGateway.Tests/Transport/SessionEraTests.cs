using System.Net;
using System.Text.Json.Nodes;
using InfraGate.McpGateway.Tests.Support;

namespace InfraGate.McpGateway.Tests.Transport;

public sealed class SessionEraTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    public static TheoryData<string> SessionRevisions => ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"];

    [Theory]
    [MemberData(nameof(SessionRevisions))]
    public async Task Every_revision_with_sessions_initializes_lists_and_calls(string revision)
    {
        using var client = fixture.Gateway.ClientOf("alice");

        var opened = await client.InitializeAsync(revision);
        opened.Status.ShouldBe(HttpStatusCode.OK);
        opened.ContentType.ShouldBe("text/event-stream");
        opened.Session.ShouldNotBeNull().Length.ShouldBe(43);
        ((string?)opened.Result["protocolVersion"]).ShouldBe(revision);

        using (var initialized = client.Post("""{"jsonrpc":"2.0","method":"notifications/initialized"}"""))
        using (var accepted = await client.SendAsync(initialized))
        {
            accepted.StatusCode.ShouldBe(HttpStatusCode.Accepted);
            (await accepted.Content.ReadAsStringAsync()).ShouldBeEmpty();
        }

        var tools = (await client.AskAsync("tools/list")).Result["tools"]!.AsArray();
        tools.Select(tool => (string?)tool!["name"]).ShouldContain("get_echo");
        var echoed = await client.CallAsync("get_echo", new JsonObject { ["number"] = 7 });
        ((int?)echoed.Structured["arguments"]!["number"]).ShouldBe(7);
        ((int?)(await client.AskAsync("ping")).Last["id"]).ShouldBe(4);
    }

    [Fact]
    public async Task A_client_of_an_unknown_revision_is_offered_the_newest_with_sessions()
    {
        using var client = fixture.Gateway.ClientOf("alice");

        ((string?)(await client.InitializeAsync("2031-01-01")).Last["error"]?["message"] ?? "no error").ShouldNotBe("no error");
        ((string?)(await client.InitializeAsync("2025-07-01")).Result["protocolVersion"]).ShouldBe("2025-11-25");
    }

    [Fact]
    public async Task A_plain_get_says_that_the_session_id_is_required()
    {
        using var client = fixture.Gateway.ClientOf("alice");
        using var response = await client.SendAsync(client.Bare(HttpMethod.Get, "/mcp"));

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var answer = await WireAnswer.ReadAsync(response);
        ((string?)answer.Error["message"]).ShouldNotBeNull().ShouldContain("Mcp-Session-Id");
    }

    [Fact]
    public async Task A_call_without_a_session_says_so_with_the_requests_id()
    {
        using var client = fixture.Gateway.ClientOf("alice");

        var answer = await client.AskAsync("tools/list");

        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        ((int?)answer.Last["id"]).ShouldBe(1);
        ((string?)answer.Error["message"]).ShouldNotBeNull().ShouldContain("Mcp-Session-Id");
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    [InlineData("DELETE")]
    public async Task Someone_elses_session_answers_exactly_as_one_that_never_was(string method)
    {
        // Field notes, attack 7: a valid token of another user with a known session id.
        using var alice = fixture.Gateway.ClientOf("alice");
        await alice.InitializeAsync();
        var answers = new List<(HttpStatusCode Status, string Body, string Headers)>();
        foreach (var session in new[] { alice.Session!, new string('A', 43) })
        {
            using var mallory = fixture.Gateway.ClientOf("mallory");
            mallory.Session = session;
            using var request = method == "POST" ? mallory.Post("""{"jsonrpc":"2.0","id":1,"method":"tools/list"}""") : mallory.Bare(new HttpMethod(method), "/mcp");
            request.Headers.TryAddWithoutValidation("Accept", "text/event-stream");
            using var response = await mallory.SendAsync(request);
            var headers = string.Join('\n', response.Headers.Where(header => header.Key != "Date").Select(header => header.Key + string.Join(',', header.Value)));
            answers.Add((response.StatusCode, await response.Content.ReadAsStringAsync(), headers));
        }

        answers[0].ShouldBe(answers[1]);
        answers[0].Status.ShouldBe(HttpStatusCode.NotFound);
        (await alice.AskAsync("tools/list")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_same_person_through_another_client_has_other_sessions()
    {
        using var one = fixture.Gateway.ClientOf("alice", client: "codex");
        await one.InitializeAsync();
        using var other = fixture.Gateway.ClientOf("alice", client: "evil-client");
        other.Session = one.Session;

        (await other.AskAsync("tools/list")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_renewed_token_of_the_same_person_and_client_keeps_the_session()
    {
        using var before = fixture.Gateway.ClientOf("alice");
        await before.InitializeAsync();
        using var after = fixture.Gateway.ClientOf("alice");
        after.Session = before.Session;

        (await after.AskAsync("tools/list")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_deleted_session_is_gone()
    {
        using var client = fixture.Gateway.ClientOf("alice");
        await client.InitializeAsync();
        using var deleted = await client.SendAsync(client.Bare(HttpMethod.Delete, "/mcp"));
        deleted.StatusCode.ShouldBe(HttpStatusCode.NoContent);

        var answer = await client.AskAsync("tools/list");

        answer.Status.ShouldBe(HttpStatusCode.NotFound);
        ((int?)answer.Error["code"]).ShouldBe(-32001);
        ((int?)answer.Last["id"]).ShouldBe(2);
    }

    [Fact]
    public async Task A_session_without_a_token_is_worth_nothing()
    {
        using var alice = fixture.Gateway.ClientOf("alice");
        await alice.InitializeAsync();
        using var nobody = fixture.Gateway.NewClient(null);
        nobody.Session = alice.Session;

        (await nobody.AskAsync("tools/list")).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Progress_reaches_the_caller_in_order_and_under_its_own_token()
    {
        using var client = fixture.Gateway.ClientOf("alice");
        await client.InitializeAsync();

        var answer = await client.CallAsync("get_progress", meta: new JsonObject { ["progressToken"] = "mine" });

        var progress = answer.Messages.Where(message => (string?)message["method"] == "notifications/progress").ToList();
        progress.Select(message => (string?)message["params"]!["progressToken"]).Distinct().ShouldBe(["mine"]);
        progress.Select(message => (double?)message["params"]!["progress"]).ShouldBe([1, 2, 3]);
        ((string?)answer.Structured["tool"]).ShouldBe("get_progress");
    }

    [Fact]
    public async Task Cancelling_a_call_stops_the_servers_work()
    {
        using var client = fixture.Gateway.ClientOf("alice");
        await client.InitializeAsync();
        var cancelledBefore = fixture.Gateway.Journaled("cancelled");
        var startedBefore = fixture.Gateway.Journaled("get_slow");
        using var slow = client.Post("""{"jsonrpc":"2.0","id":"slow","method":"tools/call","params":{"name":"get_slow","arguments":{"milliseconds":60000}}}""");
        using var streaming = await client.SendAsync(slow);
        await RealParts.Waiting.Eventually.TrueAsync(() => Task.FromResult(fixture.Gateway.Journaled("get_slow") > startedBefore));

        using var cancel = client.Post("""{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":"slow","reason":"enough"}}""");
        using var accepted = await client.SendAsync(cancel);

        accepted.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await RealParts.Waiting.Eventually.TrueAsync(() => Task.FromResult(fixture.Gateway.Journaled("cancelled") > cancelledBefore));
    }

    [Fact]
    public async Task A_header_that_names_another_revision_than_was_negotiated_is_refused()
    {
        using var client = fixture.Gateway.ClientOf("alice");
        await client.InitializeAsync("2025-06-18");

        var answer = await client.AskAsync("tools/list", change: request => request.Headers.Add("MCP-Protocol-Version", "2025-11-25"));

        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        ((int?)answer.Last["id"]).ShouldBe(2);
    }

    [Fact]
    public async Task An_unknown_method_is_an_error_with_the_requests_id()
    {
        using var client = fixture.Gateway.ClientOf("alice");
        await client.InitializeAsync();

        var answer = await client.AskAsync("resources/list");

        ((int?)answer.Error["code"]).ShouldBe(-32601);
        ((int?)answer.Last["id"]).ShouldBe(2);
    }
}
