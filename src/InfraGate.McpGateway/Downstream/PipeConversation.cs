using System.Buffers;
using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace InfraGate.McpGateway.Downstream;

/// <summary>
/// The client's side of MCP's stdio transport (revision 2025-11-25, "Transports"): JSON-RPC 2.0 with the server process, one message a line, many requests under way at once.
/// Between two processes of the same product it does without the SDK's client, whose way from the pipe to the caller is a parsed tree and four changes of thread longer.
/// Progress is handed on in the order in which it came and before the answer that follows it.
/// </summary>
internal sealed class PipeConversation : IAsyncDisposable
{
    // Far beyond any answer: the server's are bounded. A line without an end must not take all memory.
    private const int LongestLine = 32 * 1024 * 1024;
    private const string Over = "The conversation with the server is over.";

    private readonly Stream _output;
    private readonly PipeReader _input;
    private readonly Action<ReadOnlyMemory<byte>> _onProgress;
    private readonly SemaphoreSlim _writing = new(1);
    private readonly ConcurrentDictionary<long, TaskCompletionSource<JsonRpcLine>> _waiting = [];
    private long _lastId;

    // How much of the line under way is known to hold no end: a long one comes in many parts, and is searched once.
    private long _searched;
    private volatile bool _over;

    /// <param name="output">What the server reads.</param>
    /// <param name="input">What the server writes.</param>
    /// <param name="onProgress">Takes the parameters of each progress notification; called for one after the other.</param>
    public PipeConversation(Stream output, Stream input, Action<ReadOnlyMemory<byte>> onProgress)
    {
        _output = output;
        _input = PipeReader.Create(input, new StreamPipeReaderOptions(bufferSize: 16 * 1024));
        _onProgress = onProgress;
        Completion = ReadAsync();
    }

    /// <summary>Completes when the server will write no more; whoever still waits for an answer then gets an <see cref="IOException"/>.</summary>
    public Task Completion { get; }

    /// <summary>The serialization of a type of the protocol.</summary>
    public static JsonTypeInfo<T> TypeOf<T>() => (JsonTypeInfo<T>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(T));

    /// <summary>Sends a request and waits for its answer. Cancelling stops the waiting and tells the server to stop its work.</summary>
    /// <exception cref="McpProtocolException">The server answered with an error.</exception>
    /// <exception cref="IOException">The server is gone, or has closed its end.</exception>
    public async Task<TResult> AskAsync<TParameters, TResult>(string method, TParameters parameters, CancellationToken cancel)
    {
        var id = Interlocked.Increment(ref _lastId);
        var answer = new TaskCompletionSource<JsonRpcLine>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting[id] = answer;
        try
        {
            await SendAsync(writer => WriteCall(writer, id, method, parameters), cancel);
            if (_over)
            {
                // It ended between the registration and now, so that nobody else would complete this.
                answer.TrySetException(new IOException(Over));
            }

            return ResultOf<TResult>(await answer.Task.WaitAsync(cancel));
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested && !_over)
        {
            // A server that does not even read must not keep the one who has left.
            await Task.WhenAny(TellCancelledAsync(id), Completion);
            throw;
        }
        finally
        {
            _waiting.TryRemove(id, out _);
        }
    }

    /// <summary>Sends a notification.</summary>
    /// <exception cref="IOException">The server is gone.</exception>
    public Task NotifyAsync<TParameters>(string method, TParameters parameters, CancellationToken cancel) =>
        SendAsync(writer => WriteCall(writer, id: null, method, parameters), cancel);

    /// <summary>Stops reading.</summary>
    public async ValueTask DisposeAsync()
    {
        _input.CancelPendingRead();
        await Completion;
    }

    private static TResult ResultOf<TResult>(JsonRpcLine answer)
    {
        if (!answer.Error.IsEmpty)
        {
            var error = JsonSerializer.Deserialize(answer.Error.Span, TypeOf<JsonRpcErrorDetail>());
            throw new McpProtocolException(error?.Message ?? "The server refused the request.", (McpErrorCode)(error?.Code ?? (int)McpErrorCode.InternalError));
        }

        var result = answer.Result.IsEmpty ? default : JsonSerializer.Deserialize(answer.Result.Span, TypeOf<TResult>());
        return result ?? throw new McpException("The server answered without a result.");
    }

    private static void WriteCall<TParameters>(Utf8JsonWriter writer, long? id, string method, TParameters parameters)
    {
        if (id is { } number)
        {
            writer.WriteNumber("id", number);
        }

        writer.WriteString("method", method);
        writer.WritePropertyName("params");
        JsonSerializer.Serialize(writer, parameters, TypeOf<TParameters>());
    }

    private async Task SendAsync(Action<Utf8JsonWriter> write, CancellationToken cancel)
    {
        var line = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(line))
        {
            writer.WriteStartObject();
            writer.WriteString("jsonrpc", "2.0");
            write(writer);
            writer.WriteEndObject();
        }

        line.Write("\n"u8);
        await _writing.WaitAsync(cancel);

        // Half a line would make the next one unreadable: once begun it is written to its end, whether its sender still waits or not.
        await WriteAsync(line.WrittenMemory).WaitAsync(cancel);
    }

    private async Task WriteAsync(ReadOnlyMemory<byte> line)
    {
        try
        {
            await _output.WriteAsync(line, CancellationToken.None);
            await _output.FlushAsync(CancellationToken.None);
        }
        catch (ObjectDisposedException closed)
        {
            throw new IOException(Over, closed);
        }
        finally
        {
            _writing.Release();
        }
    }

    private async Task TellCancelledAsync(long id)
    {
        try
        {
            await NotifyAsync(NotificationMethods.CancelledNotification, new CancelledNotificationParams { RequestId = new RequestId(id) }, CancellationToken.None);
        }
        catch (IOException)
        {
            // The server ended meanwhile, and its work with it.
        }
    }

    private async Task ReadAsync()
    {
        var reason = new IOException(Over);
        try
        {
            var more = true;
            while (more)
            {
                more = await ReadSomeAsync();
            }
        }
        catch (Exception failure)
        {
            // Whatever ended the reading, those who wait are told of it.
            reason = new IOException(Over, failure);
        }

        _over = true;
        await _input.CompleteAsync();
        foreach (var waiting in _waiting.Values)
        {
            waiting.TrySetException(reason);
        }
    }

    private async ValueTask<bool> ReadSomeAsync()
    {
        var read = await _input.ReadAsync();
        var rest = read.Buffer;
        while (rest.Slice(_searched).PositionOf((byte)'\n') is { } end)
        {
            Take(rest.Slice(0, end).ToArray());
            rest = rest.Slice(rest.GetPosition(1, end));
            _searched = 0;
        }

        _searched = rest.Length;

        if (rest.Length > LongestLine)
        {
            throw new IOException("The server wrote a line that is longer than any answer.");
        }

        _input.AdvanceTo(rest.Start, rest.End);
        return !read.IsCompleted && !read.IsCanceled;
    }

    private void Take(byte[] line)
    {
        if (JsonRpcLine.Read(line) is not { } message)
        {
            // Not a message, so it is nobody's; whoever's answer it should have been is told by the time limit.
            return;
        }

        if (message.Method == NotificationMethods.ProgressNotification)
        {
            _onProgress(message.Parameters);
        }
        else if (message.Method is not null && !message.Id.IsEmpty)
        {
            _ = AnswerAsync(message);
        }
        else if (message.OwnId is { } id && _waiting.TryGetValue(id, out var waiting))
        {
            waiting.TrySetResult(message);
        }
    }

    /// <summary>Answers a request of the server's: it may ask whether the gateway is there, and nothing else.</summary>
    private async Task AnswerAsync(JsonRpcLine request)
    {
        try
        {
            await SendAsync(writer => WriteAnswer(writer, request), CancellationToken.None);
        }
        catch (IOException)
        {
            // The server did not wait for the answer.
        }
    }

    private static void WriteAnswer(Utf8JsonWriter writer, JsonRpcLine request)
    {
        writer.WritePropertyName("id");
        writer.WriteRawValue(request.Id.Span);
        if (request.Method == RequestMethods.Ping)
        {
            writer.WriteStartObject("result");
            writer.WriteEndObject();
            return;
        }

        writer.WriteStartObject("error");
        writer.WriteNumber("code", (int)McpErrorCode.MethodNotFound);
        writer.WriteString("message", "The gateway answers pings only.");
        writer.WriteEndObject();
    }
}
