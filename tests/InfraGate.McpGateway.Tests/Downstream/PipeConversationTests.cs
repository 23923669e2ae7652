using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using InfraGate.McpGateway.Downstream;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace InfraGate.McpGateway.Tests.Downstream;

public sealed class PipeConversationTests : IAsyncDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(10);

    private readonly Pipe _toServer = new();
    private readonly Pipe _toClient = new();
    private readonly List<string> _progress = [];
    private readonly PipeConversation _conversation;
    private readonly StreamReader _server;

    public PipeConversationTests()
    {
        _conversation = new PipeConversation(_toServer.Writer.AsStream(), _toClient.Reader.AsStream(), parameters => _progress.Add(Encoding.UTF8.GetString(parameters.Span)));
        _server = new StreamReader(_toServer.Reader.AsStream());
    }

    [Fact]
    public async Task Answers_find_their_requests_in_whatever_order_they_come()
    {
        var (first, second) = (AskAsync("first"), AskAsync("second"));
        var (firstId, secondId) = (Id(await HearAsync()), Id(await HearAsync()));

        await SayAsync(Answer(secondId, "2"), Answer(firstId, "1"));

        (await first).ShouldBe("1");
        (await second).ShouldBe("2");
    }

    [Fact]
    public async Task A_request_is_one_line_whatever_its_text_holds()
    {
        var asked = AskAsync("two\nlines \u2028 and \"quotes\"");
        using var heard = JsonDocument.Parse(await HearAsync());

        heard.RootElement.GetProperty("jsonrpc").GetString().ShouldBe("2.0");
        heard.RootElement.GetProperty("method").GetString().ShouldBe("tools/call");
        heard.RootElement.GetProperty("params").GetProperty("name").GetString().ShouldBe("two\nlines \u2028 and \"quotes\"");
        await SayAsync(Answer(heard.RootElement.GetProperty("id").GetInt64(), "ok"));
        (await asked).ShouldBe("ok");
    }

    [Fact]
    public async Task An_answer_may_come_in_pieces_and_two_at_once()
    {
        var (first, second) = (AskAsync("first"), AskAsync("second"));
        var (one, two) = (Answer(Id(await HearAsync()), new string('x', 100_000)), Answer(Id(await HearAsync()), "2"));

        await WriteAsync(one[..50_000]);
        await WriteAsync(one[50_000..] + "\n" + two + "\n");

        (await first)!.Length.ShouldBe(100_000);
        (await second).ShouldBe("2");
    }

    [Fact]
    public async Task An_error_keeps_its_code_and_words()
    {
        var asked = AskAsync("x");
        await SayAsync($$$"""{"jsonrpc":"2.0","id":{{{Id(await HearAsync())}}},"error":{"code":-32602,"message":"Unknown tool"}}""");

        var error = await Should.ThrowAsync<McpProtocolException>(asked);
        (error.Message, error.ErrorCode).ShouldBe(("Unknown tool", McpErrorCode.InvalidParams));
    }

    [Fact]
    public async Task Progress_is_handed_on_in_order_and_before_the_answer_that_follows_it()
    {
        var asked = AskAsync("x");
        var id = Id(await HearAsync());

        await SayAsync("""{"jsonrpc":"2.0","method":"notifications/progress","params":{"n":1}}""", """{"jsonrpc":"2.0","method":"notifications/progress","params":{"n":2}}""", Answer(id, "done"));

        await asked;
        _progress.ShouldBe(["""{"n":1}""", """{"n":2}"""]);
    }

    [Fact]
    public async Task Cancelling_tells_the_server_which_request_is_meant()
    {
        using var cancel = new CancellationTokenSource();
        var asked = AskAsync("x", cancel.Token);
        var id = Id(await HearAsync());

        await cancel.CancelAsync();

        using var heard = JsonDocument.Parse(await HearAsync());
        heard.RootElement.GetProperty("method").GetString().ShouldBe("notifications/cancelled");
        heard.RootElement.GetProperty("params").GetProperty("requestId").GetInt64().ShouldBe(id);
        await Should.ThrowAsync<OperationCanceledException>(asked);
    }

    [Fact]
    public async Task A_late_answer_to_a_cancelled_request_and_lines_that_are_no_messages_disturb_nobody()
    {
        using var cancel = new CancellationTokenSource();
        var left = AskAsync("left", cancel.Token);
        var leftId = Id(await HearAsync());
        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(left);
        await HearAsync();

        var asked = AskAsync("next");
        var id = Id(await HearAsync());
        await SayAsync(Answer(leftId, "late"), "no json", "[1]", "", "{\"id\":", """{"jsonrpc":"2.0","id":"other","result":{}}""", Answer(id, "mine"));

        (await asked).ShouldBe("mine");
    }

    [Theory]
    [InlineData("ping", "result")]
    [InlineData("sampling/createMessage", "error")]
    public async Task A_request_of_the_servers_is_answered_pings_alone_with_a_result(string method, string answer)
    {
        await SayAsync($$"""{"jsonrpc":"2.0","id":"s-1","method":"{{method}}"}""");

        using var heard = JsonDocument.Parse(await HearAsync());
        heard.RootElement.GetProperty("id").GetString().ShouldBe("s-1");
        heard.RootElement.TryGetProperty(answer, out _).ShouldBeTrue();
    }

    [Fact]
    public async Task Whoever_waits_when_the_server_ends_is_told_and_so_is_whoever_asks_afterwards()
    {
        var asked = AskAsync("x");
        await HearAsync();

        await _toClient.Writer.CompleteAsync();

        await Should.ThrowAsync<IOException>(asked);
        await _conversation.Completion.WaitAsync(s_limit);
        await Should.ThrowAsync<IOException>(AskAsync("y"));
    }

    [Fact]
    public async Task A_line_without_an_end_ends_the_conversation_instead_of_filling_the_memory()
    {
        var asked = AskAsync("x");
        await HearAsync();

        var part = new byte[1024 * 1024];
        part.AsSpan().Fill((byte)'x');
        while (!(await _toClient.Writer.WriteAsync(part).AsTask().WaitAsync(s_limit)).IsCompleted)
        {
        }

        await Should.ThrowAsync<IOException>(asked);
    }

    public async ValueTask DisposeAsync()
    {
        await _toClient.Writer.CompleteAsync();
        await _conversation.DisposeAsync();
        _server.Dispose();
    }

    private static string Answer(long id, string text) => $$$"""{"result":{"content":[{"type":"text","text":"{{{text}}}"}]},"id":{{{id}}},"jsonrpc":"2.0"}""";

    private static long Id(string line)
    {
        using var document = JsonDocument.Parse(line);
        return document.RootElement.GetProperty("id").GetInt64();
    }

    private async Task<string?> AskAsync(string tool, CancellationToken cancel = default)
    {
        var result = await _conversation.AskAsync<CallToolRequestParams, CallToolResult>("tools/call", new CallToolRequestParams { Name = tool }, cancel).WaitAsync(s_limit, CancellationToken.None);
        return (result.Content.Single() as TextContentBlock)?.Text;
    }

    private async Task<string> HearAsync() => await _server.ReadLineAsync().WaitAsync(s_limit) ?? throw new IOException("The gateway says nothing more.");

    private Task SayAsync(params string[] lines) => WriteAsync(string.Concat(lines.Select(line => line + "\n")));

    private async Task WriteAsync(string text) => await _toClient.Writer.WriteAsync(Encoding.UTF8.GetBytes(text)).AsTask().WaitAsync(s_limit);
}
