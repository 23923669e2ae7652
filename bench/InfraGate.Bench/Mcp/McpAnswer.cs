using System.Text.Json;

namespace InfraGate.Bench.Mcp;

/// <summary>What came back for one JSON-RPC request over Streamable HTTP.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Bytes">The bytes of the body as it came over the wire, the event stream's framing included.</param>
/// <param name="Payload">The JSON-RPC message. Valid until the connection is used again.</param>
internal readonly record struct McpAnswer(int Status, int Bytes, ReadOnlyMemory<byte> Payload)
{
    /// <summary>True for a result that is no tool error. Reads no more than it must: the generator shares the processors with what it measures.</summary>
    public bool IsSuccess => Status == 200 && Payload.Span.IndexOf("\"result\":"u8) >= 0 && Payload.Span.IndexOf("\"isError\":true"u8) < 0;

    /// <summary>The message parsed, which the caller disposes.</summary>
    public JsonDocument Parse() => JsonDocument.Parse(Payload);
}
