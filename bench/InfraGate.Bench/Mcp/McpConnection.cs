using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace InfraGate.Bench.Mcp;

/// <summary>
/// One MCP session over Streamable HTTP, in raw JSON-RPC: no client library stands between the clock and the wire. One call at a time.
/// </summary>
internal sealed class McpConnection : IAsyncDisposable
{
    private const string Revision = "2025-06-18";
    private const string Initialize =
        $$$"""{"protocolVersion":"{{{Revision}}}","capabilities":{},"clientInfo":{"name":"infragate-bench","version":"1"}}""";

    private readonly HttpClient _http;
    private readonly Uri _endpoint;
    private readonly string? _token;
    private string? _session;
    private byte[] _buffer = new byte[64 * 1024];
    private int _lastId;

    private McpConnection(HttpClient http, Uri endpoint, string? token)
    {
        _http = http;
        _endpoint = endpoint;
        _token = token;
    }

    /// <summary>Opens a session: <c>initialize</c>, then <c>notifications/initialized</c>.</summary>
    /// <param name="http">Keeps connections alive; shared between sessions.</param>
    /// <param name="endpoint">The server's <c>/mcp</c>.</param>
    /// <param name="token">The bearer token; null where the server asks for none.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="BenchException">The server refused.</exception>
    public static async Task<McpConnection> OpenAsync(HttpClient http, Uri endpoint, string? token, CancellationToken cancellationToken = default)
    {
        var connection = new McpConnection(http, endpoint, token);
        var opened = await connection.SendAsync("initialize", Initialize, cancellationToken);
        if (!opened.IsSuccess)
            throw new BenchException($"{endpoint} refused a session: {opened.Status} {Encoding.UTF8.GetString(opened.Payload.Span)}");
        await connection.NotifyAsync(cancellationToken);
        return connection;
    }

    /// <summary>Sends a request and reads its answer whole.</summary>
    /// <param name="method">The JSON-RPC method.</param>
    /// <param name="parameters">Its parameters as JSON text.</param>
    /// <param name="cancellationToken">Disconnects in the middle of the call.</param>
    public async Task<McpAnswer> SendAsync(string method, string parameters, CancellationToken cancellationToken = default)
    {
        var id = ++_lastId;
        using var request = Request($$"""{"jsonrpc":"2.0","id":{{id}},"method":"{{method}}","params":{{parameters}}}""");
        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (_session is null && response.Headers.TryGetValues("Mcp-Session-Id", out var sessions))
            _session = sessions.Single();
        var length = await ReadAsync(response.Content, cancellationToken);
        return new McpAnswer((int)response.StatusCode, length, PayloadOf(_buffer.AsMemory(0, length)));
    }

    /// <summary>Calls a tool.</summary>
    public Task<McpAnswer> CallAsync(string tool, string arguments, CancellationToken cancellationToken = default) =>
        SendAsync("tools/call", $$"""{"name":"{{tool}}","arguments":{{arguments}}}""", cancellationToken);

    /// <summary>Ends the session, as a well-behaved client does.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_session is null)
            return;
        using var request = new HttpRequestMessage(HttpMethod.Delete, _endpoint);
        AddHeaders(request.Headers);
        try
        {
            using var response = await _http.SendAsync(request);
        }
        catch (HttpRequestException)
        {
            // The server is gone, and the session with it.
        }
    }

    private async Task NotifyAsync(CancellationToken cancellationToken)
    {
        using var request = Request("""{"jsonrpc":"2.0","method":"notifications/initialized"}""");
        using var response = await _http.SendAsync(request, cancellationToken);
        if (!response.IsSuccessStatusCode)
            throw new BenchException($"{_endpoint} answered {(int)response.StatusCode} to notifications/initialized.");
    }

    private HttpRequestMessage Request(string body)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var request = new HttpRequestMessage(HttpMethod.Post, _endpoint) { Content = content };
        request.Headers.TryAddWithoutValidation("Accept", "application/json, text/event-stream");
        AddHeaders(request.Headers);
        return request;
    }

    private void AddHeaders(HttpRequestHeaders headers)
    {
        if (_token is not null)
            headers.TryAddWithoutValidation("Authorization", "Bearer " + _token);
        if (_session is null)
            return;
        headers.TryAddWithoutValidation("Mcp-Session-Id", _session);
        headers.TryAddWithoutValidation("MCP-Protocol-Version", Revision);
    }

    private async Task<int> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        var length = 0;
        while (true)
        {
            if (length == _buffer.Length)
                Array.Resize(ref _buffer, _buffer.Length * 2);
            var read = await stream.ReadAsync(_buffer.AsMemory(length), cancellationToken);
            if (read == 0)
                return length;
            length += read;
        }
    }

    // An answer is either JSON or an event stream whose last event is the answer; events before it are notifications.
    private static ReadOnlyMemory<byte> PayloadOf(ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty || body.Span[0] == (byte)'{')
            return body;
        var start = body.Span.LastIndexOf("data: {"u8);
        if (start < 0)
            return body;
        var payload = body[(start + "data: ".Length)..];
        var end = payload.Span.IndexOfAny((byte)'\r', (byte)'\n');
        return end < 0 ? payload : payload[..end];
    }

    /// <summary>A JSON string literal of a text, for arguments that are written by hand.</summary>
    public static string Quote(string text) => JsonSerializer.Serialize(text);
}
