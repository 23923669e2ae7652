using System.Net;
using System.Text.Json.Nodes;
using InfraGate.McpGateway.Tests.Support;
using InfraGate.RealParts.Waiting;

namespace InfraGate.McpGateway.Tests.Transport;

public sealed class ResumeTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    [Fact]
    public async Task A_stream_that_broke_before_the_answer_is_resumed_with_the_last_event_id()
    {
        using var client = fixture.Gateway.ClientOf("alice");
        await client.InitializeAsync();
        var lastEventId = await BreakOffAsync(client, milliseconds: 1500);

        var rest = await ResumeAsync(client, lastEventId);

        rest.Status.ShouldBe(HttpStatusCode.OK);
        ((int?)rest.Last["id"]).ShouldBe(77);
        ((string?)rest.Structured["tool"]).ShouldBe("get_slow");
    }

    [Fact]
    public async Task Resuming_after_the_answer_was_sent_gets_what_is_missing_and_no_more()
    {
        using var client = fixture.Gateway.ClientOf("alice");
        await client.InitializeAsync();
        var whole = await client.CallAsync("get_progress", meta: new JsonObject { ["progressToken"] = 1 });
        var ids = whole.Body.Split('\n').Where(line => line.StartsWith("id: ", StringComparison.Ordinal)).Select(line => line["id: ".Length..]).ToList();
        ids.Count.ShouldBe(5);

        var rest = await ResumeAsync(client, ids[2]);

        rest.Messages.Count.ShouldBe(2);
        ((double?)rest.Messages[0]["params"]!["progress"]).ShouldBe(3);
        rest.Last["result"].ShouldNotBeNull();
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("999999-1")]
    [InlineData("1-999999")]
    public async Task An_event_id_that_is_not_kept_is_refused(string id)
    {
        using var client = fixture.Gateway.ClientOf("alice");
        await client.InitializeAsync();

        (await ResumeAsync(client, id)).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Nobody_resumes_a_stream_of_another_session()
    {
        using var alice = fixture.Gateway.ClientOf("alice");
        await alice.InitializeAsync();
        var lastEventId = await BreakOffAsync(alice, milliseconds: 100);
        using var mallory = fixture.Gateway.ClientOf("mallory");
        await mallory.InitializeAsync();

        (await ResumeAsync(mallory, lastEventId)).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_session_may_open_its_stream_again_and_again()
    {
        using var client = fixture.Gateway.ClientOf("alice");
        await client.InitializeAsync();
        for (var i = 0; i < 3; i++)
        {
            using var request = client.Bare(HttpMethod.Get, "/mcp");
            request.Headers.TryAddWithoutValidation("Accept", "text/event-stream");
            using var stream = await client.SendAsync(request);
            stream.StatusCode.ShouldBe(HttpStatusCode.OK);
            stream.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        }
    }

    /// <summary>Starts a call, reads the first event id, and hangs up.</summary>
    private async Task<string> BreakOffAsync(McpWire client, int milliseconds)
    {
        var before = fixture.Gateway.Journaled("get_slow");
        using var request = client.Post("""{"jsonrpc":"2.0","id":77,"method":"tools/call","params":{"name":"get_slow","arguments":{"milliseconds":""" + milliseconds + "}}}");
        using var response = await client.SendAsync(request);
        await using var stream = await response.Content.ReadAsStreamAsync();
        using var reader = new StreamReader(stream);
        string? line;
        do
        {
            line = await reader.ReadLineAsync();
        }
        while (line is not null && !line.StartsWith("id: ", StringComparison.Ordinal));
        await Eventually.TrueAsync(() => Task.FromResult(fixture.Gateway.Journaled("get_slow") > before));
        return line.ShouldNotBeNull()["id: ".Length..];
    }

    private static async Task<WireAnswer> ResumeAsync(McpWire client, string lastEventId)
    {
        using var request = client.Bare(HttpMethod.Get, "/mcp");
        request.Headers.TryAddWithoutValidation("Accept", "text/event-stream");
        request.Headers.Add("Last-Event-ID", lastEventId);
        using var response = await client.SendAsync(request);
        return await WireAnswer.ReadAsync(response);
    }
}
