using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using InfraGate.McpServer.Tools;
using ModelContextProtocol.Protocol;

namespace InfraGate.McpServer.Hosting;

/// <summary>
/// A transport whose requests carry no <c>_meta</c> that cannot be read. The protocol's own session reads it before any handler runs, and would answer half a
/// surrogate there with an internal error. What is left out grants nothing: a call without a caller is refused behind a gateway.
/// </summary>
internal sealed class ReadableMeta(ITransport inner) : ITransport
{
    private static readonly string[] ReadEarly = ["traceparent", "tracestate", "progressToken"];

    public string? SessionId => inner.SessionId;

    public ChannelReader<JsonRpcMessage> MessageReader { get; } = new Reader(inner.MessageReader);

    public Task SendMessageAsync(JsonRpcMessage message, CancellationToken cancellationToken = default) => inner.SendMessageAsync(message, cancellationToken);

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private static void Clean(JsonRpcMessage message)
    {
        if (message is JsonRpcRequest { Params: JsonObject parameters } && MetaReading.Read(parameters, found => found["_meta"] as JsonObject, otherwise: null) is { } meta)
        {
            var isText = MetaReading.Read(meta, found => IsText(found), otherwise: false);
            if (!isText || !Array.TrueForAll(ReadEarly, name => IsReadable(meta, name)))
            {
                parameters["_meta"] = isText ? Without(meta) : [];
            }
        }
    }

    /// <summary>Whether every text in it is one: no half surrogate, no name twice.</summary>
    private static bool IsText(JsonNode? node) => node switch
    {
        JsonObject map => map.All(member => IsText(member.Value)),
        JsonArray list => list.All(IsText),
        JsonValue value when value.GetValueKind() is JsonValueKind.String => value.TryGetValue(out string? _),
        _ => true,
    };

    private static bool IsReadable(JsonObject meta, string name) =>
        meta[name] is null || MetaReading.TextOrNull(meta, name) is not null || (meta[name] is JsonValue value && value.TryGetValue(out long _));

    private static JsonObject Without(JsonObject meta)
    {
        var copy = meta.DeepClone().AsObject();
        foreach (var name in ReadEarly.Where(name => !IsReadable(meta, name)))
        {
            copy.Remove(name);
        }

        return copy;
    }

    private sealed class Reader(ChannelReader<JsonRpcMessage> inner) : ChannelReader<JsonRpcMessage>
    {
        public override Task Completion => inner.Completion;

        public override bool TryRead([MaybeNullWhen(false)] out JsonRpcMessage item)
        {
            if (!inner.TryRead(out item))
            {
                return false;
            }

            Clean(item);
            return true;
        }

        public override ValueTask<bool> WaitToReadAsync(CancellationToken cancellationToken = default) => inner.WaitToReadAsync(cancellationToken);
    }
}
