using System.Text.Json;
using System.Text.Json.Nodes;
using InfraGate.McpGateway.Auth;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace InfraGate.McpGateway.Calls;

/// <summary>One <c>tools/call</c> on its way through the stages.</summary>
internal sealed record ToolCall
{
    /// <summary>The tool's name as the client gave it; the stages before the server must not trust that it exists.</summary>
    public required string Tool { get; init; }

    /// <summary>The verified caller of this very request, which need not be the one that opened the session.</summary>
    public required Caller Caller { get; init; }

    /// <summary>The arguments as the client gave them.</summary>
    public required IDictionary<string, JsonElement> Arguments { get; init; }

    /// <summary>The client's <c>_meta</c>, without the keys that only InfraGate and the protocol may set; null when there is none.</summary>
    public required JsonObject? Meta { get; init; }

    /// <summary>Where the client wants progress, or null.</summary>
    public required ProgressToken? ProgressToken { get; init; }

    /// <summary>Makes the text of a progress message fit for the client; null when it must be kept back.</summary>
    public Func<string, string?> CleanProgress { get; init; } = text => text;

    /// <summary>The client's side of the conversation: progress, and elicitation where the client can do it.</summary>
    public required McpServer Client { get; init; }

    /// <summary>The whole request, for what the 2026-07-28 revision carries in it (input responses, request state).</summary>
    public required CallToolRequestParams Request { get; init; }

    /// <summary>The call's place and time; null before the stage that bounds them.</summary>
    public CallTurn? Turn { get; init; }

    /// <summary>Whether repeating the call cannot change anything.</summary>
    public bool IsRead => ToolScopes.RequiredFor(Tool) == ToolScopes.Read;
}
