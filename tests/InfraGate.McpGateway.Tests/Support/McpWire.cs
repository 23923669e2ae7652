using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace InfraGate.McpGateway.Tests.Support;

/// <summary>Speaks MCP over HTTP in raw requests, so that tests can also say what no well-behaved client would.</summary>
internal sealed class McpWire(Uri url, string? token) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = url, Timeout = TimeSpan.FromSeconds(60) };
    private int _lastId;

    public string? Session { get; set; }

    public string? ApiKey { get; init; }

    /// <summary>A POST to /mcp as a client of the sessions era sends it.</summary>
    public HttpRequestMessage Post(string body, string? path = null)
    {
        var request = Bare(HttpMethod.Post, path ?? "/mcp");
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        request.Headers.TryAddWithoutValidation("Accept", "application/json, text/event-stream");
        return request;
    }

    /// <summary>A request with this client's credential and session, and nothing else.</summary>
    public HttpRequestMessage Bare(HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, path);
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        if (ApiKey is not null)
        {
            request.Headers.Add("X-InfraGate-API-Key", ApiKey);
        }

        if (Session is not null)
        {
            request.Headers.Add("Mcp-Session-Id", Session);
        }

        return request;
    }

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancel = default) =>
        _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);

    /// <summary>Sends a request and returns status, headers and the last JSON-RPC message of the answer.</summary>
    public async Task<WireAnswer> AskAsync(string method, JsonObject? parameters = null, Action<HttpRequestMessage>? change = null)
    {
        var message = new JsonObject { ["jsonrpc"] = "2.0", ["id"] = ++_lastId, ["method"] = method };
        if (parameters is not null)
        {
            message["params"] = parameters;
        }

        using var request = Post(message.ToJsonString());
        change?.Invoke(request);
        using var response = await SendAsync(request);
        return await WireAnswer.ReadAsync(response);
    }

    /// <summary>Opens a session and remembers its id.</summary>
    public async Task<WireAnswer> InitializeAsync(string revision = "2025-11-25")
    {
        Session = null;
        var answer = await AskAsync("initialize", new JsonObject
        {
            ["protocolVersion"] = revision,
            ["capabilities"] = new JsonObject(),
            ["clientInfo"] = new JsonObject { ["name"] = "wire", ["version"] = "1.0" },
        });
        Session = answer.Session;
        return answer;
    }

    public Task<WireAnswer> CallAsync(string tool, JsonObject? arguments = null, JsonObject? meta = null)
    {
        var parameters = new JsonObject { ["name"] = tool, ["arguments"] = arguments ?? [] };
        if (meta is not null)
        {
            parameters["_meta"] = meta;
        }

        return AskAsync("tools/call", parameters);
    }

    /// <summary>A request of revision 2026-07-28, with its headers and metadata.</summary>
    public Task<WireAnswer> AskSessionlessAsync(string method, JsonObject? parameters = null, Action<HttpRequestMessage>? change = null)
    {
        var all = parameters ?? [];
        var meta = all["_meta"] as JsonObject ?? [];
        meta["io.modelcontextprotocol/protocolVersion"] = "2026-07-28";
        meta["io.modelcontextprotocol/clientInfo"] = new JsonObject { ["name"] = "wire", ["version"] = "1.0" };
        meta["io.modelcontextprotocol/clientCapabilities"] = new JsonObject();
        all["_meta"] = meta.Parent is null ? meta : meta.DeepClone();
        return AskAsync(method, all, request =>
        {
            request.Headers.Add("MCP-Protocol-Version", "2026-07-28");
            request.Headers.Add("Mcp-Method", method);
            if ((string?)all["name"] is { } name)
            {
                request.Headers.Add("Mcp-Name", name);
            }

            change?.Invoke(request);
        });
    }

    public void Dispose() => _http.Dispose();
}

/// <summary>What came back: the status, some headers, every JSON-RPC message of the body.</summary>
internal sealed record WireAnswer(HttpStatusCode Status, HttpResponseHeaders Headers, string? ContentType, string Body, IReadOnlyList<JsonObject> Messages)
{
    public string? Session => Header("Mcp-Session-Id");

    public string? Challenge => Header("WWW-Authenticate");

    public JsonObject Last => Messages[^1];

    public JsonObject Result => Last["result"]?.AsObject() ?? throw new InvalidOperationException("No result: " + Body);

    public JsonObject Error => Last["error"]?.AsObject() ?? throw new InvalidOperationException("No error: " + Body);

    public JsonObject Structured => Result["structuredContent"]!.AsObject();

    /// <summary>The code of a tool error, or null.</summary>
    public string? ToolError => (string?)Result["structuredContent"]?["error"]?["code"];

    public string? Header(string name) => Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;

    public static async Task<WireAnswer> ReadAsync(HttpResponseMessage response)
    {
        var body = await response.Content.ReadAsStringAsync();
        var type = response.Content.Headers.ContentType?.MediaType;
        var texts = type == "text/event-stream"
            ? body.Split('\n').Where(line => line.StartsWith("data: ", StringComparison.Ordinal)).Select(line => line["data: ".Length..])
            : type == "application/json" ? [body] : [];
        var messages = texts.Where(text => text.Trim().Length > 0).Select(text => JsonNode.Parse(text)!.AsObject()).ToList();
        return new WireAnswer(response.StatusCode, response.Headers, type, body, messages);
    }
}
