using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace InfraGate.EndToEnd.Tests.Load;

/// <summary>Many sessions over one pool of connections, and calls in them whose answers are checked against what was asked.</summary>
internal sealed class LoadSessions : IDisposable
{
    private const int OpenedAtOnce = 16;

    private readonly HttpClient _http = new(new SocketsHttpHandler { MaxConnectionsPerServer = 128 }) { Timeout = TimeSpan.FromSeconds(100) };
    private readonly Uri _endpoint;
    private string[] _sessions = [];
    private int _lastId;

    private LoadSessions(Uri endpoint, string token)
    {
        _endpoint = endpoint;
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        _http.DefaultRequestHeaders.Accept.ParseAdd("application/json");
        _http.DefaultRequestHeaders.Accept.ParseAdd("text/event-stream");
    }

    public int Count => _sessions.Length;

    public static async Task<LoadSessions> OpenAsync(Uri endpoint, string token, int count)
    {
        var sessions = new LoadSessions(endpoint, token);
        try
        {
            var ids = new string[count];
            await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = OpenedAtOnce }, async (i, _) => ids[i] = await sessions.InitializeAsync());
            ids.Distinct().Count().ShouldBe(count);
            sessions._sessions = ids;
            return sessions;
        }
        catch
        {
            sessions.Dispose();
            throw;
        }
    }

    /// <summary>Asks for one object and checks that the answer is about it, in answer to this very request. Returns the error's code, or null for the right answer.</summary>
    public async Task<string?> AskAsync(int session, string @namespace, string kind)
    {
        var id = Interlocked.Increment(ref _lastId);
        using var answer = await SendAsync("tools/call", id, _sessions[session % _sessions.Length], new JsonObject
        {
            ["name"] = "get_k8s_resource",
            ["arguments"] = new JsonObject { ["namespace"] = @namespace, ["kind"] = kind, ["name"] = "nginx-demo" },
        });
        var message = await MessageOfAsync(answer);
        message.GetProperty("id").GetInt32().ShouldBe(id);
        var content = message.GetProperty("result").GetProperty("structuredContent");
        if (content.TryGetProperty("error", out var error))
            return error.GetProperty("code").GetString();
        (content.GetProperty("namespace").GetString(), content.GetProperty("kind").GetString(), content.GetProperty("name").GetString()).ShouldBe((@namespace, kind, "nginx-demo"));
        return null;
    }

    public void Dispose() => _http.Dispose();

    private async Task<string> InitializeAsync()
    {
        using var answer = await SendAsync("initialize", Interlocked.Increment(ref _lastId), session: null, new JsonObject
        {
            ["protocolVersion"] = "2025-11-25",
            ["capabilities"] = new JsonObject(),
            ["clientInfo"] = new JsonObject { ["name"] = "load", ["version"] = "1" },
        });
        await MessageOfAsync(answer);
        return answer.Headers.GetValues("Mcp-Session-Id").Single();
    }

    private async Task<HttpResponseMessage> SendAsync(string method, int id, string? session, JsonObject parameters)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _endpoint)
        {
            Content = JsonContent.Create(new JsonObject { ["jsonrpc"] = "2.0", ["id"] = id, ["method"] = method, ["params"] = parameters }),
        };
        if (session is not null)
            request.Headers.Add("Mcp-Session-Id", session);
        return await _http.SendAsync(request);
    }

    private static async Task<JsonElement> MessageOfAsync(HttpResponseMessage answer)
    {
        var body = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, body);
        var data = body.Split('\n').Last(line => line.StartsWith("data: {", StringComparison.Ordinal));
        return JsonSerializer.Deserialize<JsonElement>(data["data: ".Length..]);
    }
}
