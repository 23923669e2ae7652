using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace InfraGate.EndToEnd.Tests.Agents;

/// <summary>An MCP session by plain HTTP requests, for what an SDK would smooth over: the answers as they are on the wire.</summary>
public sealed class RawSession : IDisposable
{
    private readonly HttpClient _http = new();
    private readonly Uri _endpoint;
    private string? _session;
    private int _id;

    private RawSession(Uri endpoint, string token)
    {
        _endpoint = endpoint;
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        _http.DefaultRequestHeaders.Accept.ParseAdd("application/json");
        _http.DefaultRequestHeaders.Accept.ParseAdd("text/event-stream");
    }

    /// <summary>The W3C trace context that requests are sent in; null for none.</summary>
    public string? TraceParent { get; set; }

    public static async Task<RawSession> OpenAsync(Uri endpoint, string token, string protocolVersion = "2025-06-18")
    {
        var session = new RawSession(endpoint, token);
        try
        {
            await session.RequestAsync("initialize", new JsonObject
            {
                ["protocolVersion"] = protocolVersion,
                ["capabilities"] = new JsonObject(),
                ["clientInfo"] = new JsonObject { ["name"] = "raw", ["version"] = "1" },
            });
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Sends a request and returns its <c>result</c>.</summary>
    public async Task<JsonElement> RequestAsync(string method, JsonObject parameters)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _endpoint)
        {
            Content = JsonContent.Create(new JsonObject { ["jsonrpc"] = "2.0", ["id"] = ++_id, ["method"] = method, ["params"] = parameters }),
        };
        if (_session is not null)
            request.Headers.Add("Mcp-Session-Id", _session);
        if (TraceParent is not null)
            request.Headers.Add("traceparent", TraceParent);
        using var answer = await _http.SendAsync(request);
        var body = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, body);
        if (answer.Headers.TryGetValues("Mcp-Session-Id", out var ids))
            _session = ids.Single();
        var message = JsonSerializer.Deserialize<JsonElement>(DataOf(body));
        return message.TryGetProperty("result", out var result) ? result : throw new InvalidOperationException($"{method} was answered with {message}");
    }

    public Task<JsonElement> CallAsync(string tool, JsonObject arguments) =>
        RequestAsync("tools/call", new JsonObject { ["name"] = tool, ["arguments"] = arguments });

    public void Dispose() => _http.Dispose();

    /// <summary>The last event's data: notifications may come before the answer, nothing comes after.</summary>
    private static string DataOf(string body) =>
        body.Split('\n').LastOrDefault(line => line.StartsWith("data:", StringComparison.Ordinal) && line.Length > "data: ".Length)?["data:".Length..] ?? body;
}
