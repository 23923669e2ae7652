using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace InfraGate.McpGateway.Downstream;

/// <summary>
/// One running server process and the MCP conversation with it over stdin and stdout, shared by all sessions. Answers find their call by request id,
/// progress finds it by a token of the gateway's own.
/// </summary>
internal sealed class ServerConnection : IAsyncDisposable
{
    // The last revision with a handshake: over stdio it has what is needed (progress, cancellation, ping) and no per-request envelope.
    private const string Revision = "2025-11-25";
    private static readonly TimeSpan s_startLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_lastWords = TimeSpan.FromSeconds(1);

    private readonly Process _process;
    private readonly PipeConversation _conversation;
    private readonly ProgressRouter _progress;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _lost = new();
    private readonly CancellationTokenSource _ended = new();
    private volatile bool _isClosing;

    private ServerConnection(Process process, PipeConversation conversation, ProgressRouter progress, TimeProvider time)
    {
        _process = process;
        _time = time;
        _conversation = conversation;
        _progress = progress;
        Ended = WatchAsync();
    }

    /// <summary>
    /// How long a process that was asked to end may take: a little longer than the 20 s that the server gives to what it is carrying out (<c>ChangeComposition.DrainLimit</c> there), so that
    /// it is not killed in the middle of an apply that it was about to finish.
    /// </summary>
    public static TimeSpan StopLimit { get; } = TimeSpan.FromSeconds(22);

    /// <summary>Completes when the process is gone.</summary>
    public Task Ended { get; }

    /// <summary>
    /// Cancelled when the process is gone, before the calls in flight learn of it: whoever hands out connections takes this one back first, so that
    /// nobody who tries again gets it.
    /// </summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>The id of the process.</summary>
    public int ProcessId => _process.Id;

    /// <summary>How the process ended; meaningful after <see cref="Ended"/>.</summary>
    public int ExitCode => _process.HasExited ? _process.ExitCode : 0;

    /// <summary>Shakes hands with a process that was just started. Kills it when it does not answer in time.</summary>
    public static async Task<ServerConnection> OpenAsync(Process process, TimeProvider time, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(s_startLimit);
        try
        {
            var progress = new ProgressRouter();
            var conversation = new PipeConversation(process.StandardInput.BaseStream, process.StandardOutput.BaseStream, progress.Take);
            await ShakeHandsAsync(conversation, limit.Token);
            return new ServerConnection(process, conversation, progress, time);
        }
        catch
        {
            Kill(process);
            process.Dispose();
            throw;
        }
    }

    /// <summary>All tools that the server lists.</summary>
    public async Task<ToolCatalog> ListToolsAsync(CancellationToken cancel)
    {
        var tools = new List<Tool>();
        string? cursor = null;
        do
        {
            var page = await _conversation.AskAsync<ListToolsRequestParams, ListToolsResult>(RequestMethods.ToolsList, new ListToolsRequestParams { Cursor = cursor }, cancel);
            tools.AddRange(page.Tools);
            cursor = page.NextCursor;
        }
        while (cursor is not null);
        return new ToolCatalog(tools);
    }

    /// <summary>Asks whether the server still answers.</summary>
    public Task PingAsync(CancellationToken cancel) => _conversation.AskAsync<PingRequestParams, PingResult>(RequestMethods.Ping, new PingRequestParams(), cancel);

    /// <summary>
    /// Calls a tool. Cancelling tells the server to stop. Throws <see cref="DownstreamLostException"/> when the process ends first, and
    /// <see cref="McpException"/> when the server refuses the request as such.
    /// </summary>
    public async Task<CallToolResult> CallAsync(string tool, IDictionary<string, JsonElement> arguments, JsonObject meta, Func<ProgressNotificationValue, Task>? onProgress, CancellationToken cancel)
    {
        await using var route = onProgress is null ? null : _progress.Open(onProgress);
        if (route is not null)
        {
            meta["progressToken"] = route.Token;
        }

        try
        {
            var call = new CallToolRequestParams { Name = tool, Arguments = arguments, Meta = meta };
            return await _conversation.AskAsync<CallToolRequestParams, CallToolResult>(RequestMethods.ToolsCall, call, cancel).WaitAsync(_ended.Token);
        }
        catch (Exception failure) when (failure is not McpException && !cancel.IsCancellationRequested && (_ended.IsCancellationRequested || failure is IOException))
        {
            if (_isClosing)
            {
                // This gateway has closed the pipe itself; the server is to finish what it carries out.
                throw new DownstreamLostException("The gateway is stopping.", mayHaveRun: true, failure);
            }

            // A pipe that is broken is a server that is gone, though its end may not have been noticed yet.
            Kill(_process);
            await Ended;
            throw new DownstreamLostException("The server process ended during the call.", mayHaveRun: true, failure);
        }
    }

    /// <summary>Ends the process at once.</summary>
    public void Kill() => Kill(_process);

    /// <summary>Asks the process to end by closing its stdin, and makes sure that it does.</summary>
    public async ValueTask DisposeAsync()
    {
        _isClosing = true;
        CloseInput();
        var exit = _process.WaitForExitAsync(CancellationToken.None);
        if (await Task.WhenAny(exit, Task.Delay(StopLimit, _time)) != exit)
        {
            Kill(_process);
        }

        await Ended;
        await _conversation.DisposeAsync();
        _process.Dispose();
        _lost.Dispose();
        _ended.Dispose();
    }

    private void CloseInput()
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // Nobody reads it any more: the process has ended, or is about to.
        }
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has already ended, which is what was wanted.
        }
    }

    private async Task WatchAsync()
    {
        await Task.WhenAny(_process.WaitForExitAsync(CancellationToken.None), _conversation.Completion);
        Kill(_process);
        await _process.WaitForExitAsync(CancellationToken.None);

        // What the process said last may still be in the pipe; an answer in there is worth more than an error.
        await Task.WhenAny(_conversation.Completion, Task.Delay(s_lastWords));
        await _lost.CancelAsync();
        await _ended.CancelAsync();
    }

    private static async Task ShakeHandsAsync(PipeConversation conversation, CancellationToken cancel)
    {
        var hello = new InitializeRequestParams
        {
            ProtocolVersion = Revision,
            Capabilities = new ClientCapabilities(),
            ClientInfo = new Implementation { Name = "InfraGate.McpGateway", Version = "0.1.0" },
        };
        var answer = await conversation.AskAsync<InitializeRequestParams, InitializeResult>(RequestMethods.Initialize, hello, cancel);
        if (answer.ProtocolVersion != Revision)
        {
            throw new McpException($"The server speaks revision {answer.ProtocolVersion} instead of {Revision}.");
        }

        await conversation.NotifyAsync(NotificationMethods.InitializedNotification, new InitializedNotificationParams(), cancel);
    }
}
