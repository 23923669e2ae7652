using System.Text.Json;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace InfraGate.Quickstart.Walkthrough;

/// <summary>An MCP client as an agent's program has one.</summary>
internal sealed class Agent : IAsyncDisposable
{
    private readonly McpClient _client;

    private Agent(McpClient client) => _client = client;

    /// <summary>Opens a session.</summary>
    public static async Task<Agent> ConnectAsync(Uri endpoint, string token, CancellationToken cancellationToken)
    {
        var transport = new HttpClientTransport(new HttpClientTransportOptions
        {
            Endpoint = endpoint,
            TransportMode = HttpTransportMode.StreamableHttp,
            AdditionalHeaders = new Dictionary<string, string> { ["Authorization"] = "Bearer " + token },
        });
        var options = new McpClientOptions { ClientInfo = new Implementation { Name = "infragate-walkthrough", Version = "1" } };
        return new Agent(await McpClient.CreateAsync(transport, options, cancellationToken: cancellationToken));
    }

    /// <summary>The names of the tools.</summary>
    public async Task<IReadOnlyList<string>> ListToolsAsync(CancellationToken cancellationToken) =>
        [.. (await _client.ListToolsAsync(cancellationToken: cancellationToken)).Select(tool => tool.Name)];

    /// <summary>Calls a tool.</summary>
    public async Task<Answer> CallAsync(string tool, Dictionary<string, object?> arguments, CancellationToken cancellationToken) =>
        new(await _client.CallToolAsync(tool, arguments, cancellationToken: cancellationToken));

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _client.DisposeAsync();
}

/// <summary>What a tool answered.</summary>
internal sealed class Answer(CallToolResult result)
{
    private readonly JsonElement _structured = result.StructuredContent ?? default;

    /// <summary>Whether it is no error.</summary>
    public bool IsOk => result.IsError != true;

    /// <summary>The text, as a model reads it.</summary>
    public string Text => string.Join('\n', result.Content.OfType<TextContentBlock>().Select(block => block.Text));

    /// <summary>The error code; null when it is no error.</summary>
    public string? Code => FirstString("code");

    /// <summary>The first string of that name anywhere in the structured content, breadth first.</summary>
    public string? FirstString(string name)
    {
        var queue = new Queue<JsonElement>([_structured]);
        while (queue.TryDequeue(out var element))
        {
            if (element.ValueKind == JsonValueKind.Object)
            {
                if (element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String)
                {
                    return value.GetString();
                }

                foreach (var member in element.EnumerateObject())
                {
                    queue.Enqueue(member.Value);
                }
            }
            else if (element.ValueKind == JsonValueKind.Array)
            {
                foreach (var item in element.EnumerateArray())
                {
                    queue.Enqueue(item);
                }
            }
        }

        return null;
    }
}
