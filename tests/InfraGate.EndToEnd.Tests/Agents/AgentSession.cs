using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace InfraGate.EndToEnd.Tests.Agents;

/// <summary>An agent's session with the gateway, by the official C# SDK.</summary>
public sealed class AgentSession : IAsyncDisposable
{
    private readonly McpClient _client;

    private AgentSession(McpClient client) => _client = client;

    /// <summary>The revision that client and gateway agreed on.</summary>
    public string? ProtocolVersion => _client.NegotiatedProtocolVersion;

    /// <summary>Opens a session.</summary>
    /// <param name="endpoint">The gateway's <c>/mcp</c>.</param>
    /// <param name="token">The access token to send.</param>
    /// <param name="protocolVersion">The revision to insist on; null lets the SDK choose.</param>
    public static async Task<AgentSession> OpenAsync(Uri endpoint, string token, string? protocolVersion = null)
    {
        var transport = new HttpClientTransport(new HttpClientTransportOptions
        {
            Endpoint = endpoint,
            TransportMode = HttpTransportMode.StreamableHttp,
            AdditionalHeaders = new Dictionary<string, string> { ["Authorization"] = "Bearer " + token },
        });
        var options = new McpClientOptions { ClientInfo = new Implementation { Name = "end-to-end", Version = "1" }, ProtocolVersion = protocolVersion };
        return new AgentSession(await McpClient.CreateAsync(transport, options));
    }

    public async Task<IReadOnlyList<Tool>> ListToolsAsync() => [.. (await _client.ListToolsAsync()).Select(tool => tool.ProtocolTool)];

    /// <summary>Calls a tool with arguments given as JSON.</summary>
    public Task<ToolAnswer> CallAsync(string tool, JsonObject arguments) =>
        CallAsync(tool, arguments.ToDictionary(pair => pair.Key, pair => JsonSerializer.SerializeToElement(pair.Value)));

    /// <summary>Calls a tool with plain arguments.</summary>
    public Task<ToolAnswer> CallAsync(string tool, params (string Name, object? Value)[] arguments) =>
        CallAsync(tool, arguments.ToDictionary(pair => pair.Name, pair => JsonSerializer.SerializeToElement(pair.Value)));

    /// <summary>Makes a plan and returns its id.</summary>
    public async Task<string> PlanAsync(string tool, params (string Name, object? Value)[] arguments) => (await CallAsync(tool, arguments))["planId"];

    /// <summary>Makes the plan that most scenarios are about: another image for the demo Deployment.</summary>
    public Task<string> PlanImageAsync(string @namespace, string image) =>
        PlanAsync("request_set_deployment_image", ("namespace", @namespace), ("name", "nginx-demo"), ("container", "nginx"), ("image", image));

    public Task<ToolAnswer> ApplyAsync(string plan) => CallAsync("apply_approved_plan", ("planId", plan));

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    private async Task<ToolAnswer> CallAsync(string tool, Dictionary<string, JsonElement> arguments) =>
        new(await _client.CallToolAsync(new CallToolRequestParams { Name = tool, Arguments = arguments }));
}
