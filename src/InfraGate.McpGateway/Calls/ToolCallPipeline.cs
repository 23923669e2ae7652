using System.Text.Json.Nodes;
using InfraGate.McpGateway.Auth;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace InfraGate.McpGateway.Calls;

/// <summary>
/// The one way a tool call goes, whatever transport or revision it came by: every registered <see cref="IToolCallStage"/> in the order of its position.
/// </summary>
internal sealed class ToolCallPipeline
{
    // Only InfraGate may say who is calling; only the two ends of a connection may set what the protocol reserves.
    private static readonly string[] s_reservedMeta = ["infragate.dev/", "io.modelcontextprotocol/", "progressToken", "traceparent", "tracestate", "baggage"];

    private readonly ToolCallNext _first;

    /// <summary>Composes the stages once; the composition has no state of its own.</summary>
    public ToolCallPipeline(IEnumerable<IToolCallStage> stages)
    {
        ToolCallNext next = (call, _) => throw new InvalidOperationException($"No stage answered the call of {call.Tool}.");
        foreach (var stage in stages.OrderByDescending(stage => stage.Position))
        {
            var inner = next;
            next = (call, cancel) => stage.InvokeAsync(call, inner, cancel);
        }

        _first = next;
    }

    /// <summary>Handles a <c>tools/call</c> of the SDK's server.</summary>
    public ValueTask<CallToolResult> CallAsync(RequestContext<CallToolRequestParams> request, CancellationToken cancel)
    {
        var call = new ToolCall
        {
            Tool = request.Params.Name,
            Caller = Caller.Of(request.User),
            Arguments = request.Params.Arguments ?? new Dictionary<string, System.Text.Json.JsonElement>(StringComparer.Ordinal),
            Meta = ClientMeta(request.Params.Meta),
            ProgressToken = request.Params.ProgressToken,
            Client = request.Server,
            Request = request.Params,
        };
        return _first(call, cancel);
    }

    private static JsonObject? ClientMeta(JsonObject? meta)
    {
        var kept = meta?.Where(entry => !s_reservedMeta.Any(prefix => entry.Key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))).ToList();
        return kept is { Count: > 0 } ? new JsonObject(kept.Select(entry => KeyValuePair.Create(entry.Key, entry.Value?.DeepClone()))) : null;
    }
}
