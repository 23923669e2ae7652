using System.Text.Json;
using System.Text.Json.Nodes;
using InfraGate.RealParts.Processes;

namespace InfraGate.McpServer.Tests.Support;

/// <summary>The real server process, spoken to over its stdin and stdout as a gateway does.</summary>
internal sealed class GatewayChild : IAsyncDisposable
{
    private static readonly TimeSpan AnswerDeadline = TimeSpan.FromSeconds(60);
    private readonly RunningProcess _process;
    private int _lastId;

    private GatewayChild(RunningProcess process) => _process = process;

    public static async Task<GatewayChild> StartAsync(ChangeBench bench, string kubeconfig)
    {
        var environment = bench.Variables.ToDictionary(variable => variable.Name, variable => (string?)variable.Value);
        environment["KUBECONFIG"] = kubeconfig;
        environment["K8S_MCP_ALLOWED_NAMESPACES"] = bench.Namespace;
        var server = new GatewayChild(RunningProcess.Start(new ProcessPlan("InfraGate.McpServer", "dotnet")
        {
            Arguments = [ProductProcess.AssemblyOf("InfraGate.McpServer")],
            Environment = environment,
            KeepInputOpen = true,
        }));
        await server.RequestAsync("initialize", new JsonObject
        {
            ["protocolVersion"] = "2025-06-18",
            ["capabilities"] = new JsonObject(),
            ["clientInfo"] = new JsonObject { ["name"] = "tests", ["version"] = "1" },
        });
        await server.SendAsync(new JsonObject { ["jsonrpc"] = "2.0", ["method"] = "notifications/initialized" });
        return server;
    }

    /// <summary>Calls a tool as alice and returns its result; the text of an error is in its content.</summary>
    /// <param name="progressToken">Asks for progress notifications.</param>
    public async Task<JsonObject> CallAsync(string tool, JsonObject arguments, string? progressToken = null)
    {
        var meta = ChangeBench.CallerMeta();
        if (progressToken is not null)
        {
            meta["progressToken"] = progressToken;
        }

        return await RequestAsync("tools/call", new JsonObject { ["name"] = tool, ["arguments"] = arguments, ["_meta"] = meta });
    }

    /// <summary>The progress notifications that a call got, oldest first; all are there once the call is answered.</summary>
    public IReadOnlyList<JsonObject> Progress(string progressToken) =>
    [
        .. _process.RecentLines
            .Where(line => line.Contains("\"notifications/progress\"", StringComparison.Ordinal))
            .Select(line => JsonNode.Parse(line)!["params"]!.AsObject())
            .Where(parameters => (string?)parameters["progressToken"] == progressToken),
    ];

    /// <summary>Calls a tool and waits for nothing: the process may be killed before it answers.</summary>
    public Task PostAsync(string tool, JsonObject arguments) => SendAsync(Request(
        Interlocked.Increment(ref _lastId), "tools/call", new JsonObject { ["name"] = tool, ["arguments"] = arguments, ["_meta"] = ChangeBench.CallerMeta() }));

    /// <summary>SIGKILL.</summary>
    public Task KillAsync() => _process.KillAsync();

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private async Task<JsonObject> RequestAsync(string method, JsonObject parameters)
    {
        var id = Interlocked.Increment(ref _lastId);
        await SendAsync(Request(id, method, parameters));
        var line = await _process.WaitForLineAsync($"\"id\":{id},", AnswerDeadline);
        return JsonNode.Parse(line)!["result"]?.AsObject() ?? throw new InvalidOperationException(line);
    }

    private static JsonObject Request(int id, string method, JsonObject parameters) =>
        new() { ["jsonrpc"] = "2.0", ["id"] = id, ["method"] = method, ["params"] = parameters };

    private async Task SendAsync(JsonObject message)
    {
        await _process.Input.WriteLineAsync(JsonSerializer.Serialize(message));
        await _process.Input.FlushAsync();
    }
}
