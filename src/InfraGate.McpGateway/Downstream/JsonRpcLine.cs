using System.Buffers.Text;
using System.Text.Json;

namespace InfraGate.McpGateway.Downstream;

/// <summary>
/// One message of MCP's stdio transport (JSON-RPC 2.0, one message a line), taken apart only as far as it takes to bring it to whoever waits for it: the parts stay bytes, so that
/// an answer is read once, into what it is wanted as.
/// </summary>
/// <param name="Id">The id as it was written; empty in a notification.</param>
/// <param name="Method">The method; null in an answer.</param>
/// <param name="Parameters">The parameters of a request or notification; empty when there are none.</param>
/// <param name="Result">The result of an answer; empty when there is none.</param>
/// <param name="Error">The error of an answer; empty when there is none.</param>
internal readonly record struct JsonRpcLine(
    ReadOnlyMemory<byte> Id, string? Method, ReadOnlyMemory<byte> Parameters, ReadOnlyMemory<byte> Result, ReadOnlyMemory<byte> Error)
{
    /// <summary>The id where it is one of the gateway's own, which are whole numbers.</summary>
    public long? OwnId => Utf8Parser.TryParse(Id.Span, out long id, out var length) && length == Id.Length ? id : null;

    /// <summary>Takes a line apart; null when it is no JSON object. The parts lie in the given memory.</summary>
    public static JsonRpcLine? Read(ReadOnlyMemory<byte> line)
    {
        try
        {
            var reader = new Utf8JsonReader(line.Span);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return null;
            }

            var message = default(JsonRpcLine);
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                message = message.With(line, ref reader);
            }

            return message;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private JsonRpcLine With(ReadOnlyMemory<byte> line, ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("id"u8))
        {
            return this with { Id = Value(line, ref reader) };
        }

        if (reader.ValueTextEquals("result"u8))
        {
            return this with { Result = Value(line, ref reader) };
        }

        if (reader.ValueTextEquals("error"u8))
        {
            return this with { Error = Value(line, ref reader) };
        }

        if (reader.ValueTextEquals("params"u8))
        {
            return this with { Parameters = Value(line, ref reader) };
        }

        var isMethod = reader.ValueTextEquals("method"u8);
        reader.Read();
        var method = isMethod && reader.TokenType == JsonTokenType.String ? reader.GetString() : Method;
        reader.Skip();
        return this with { Method = method };
    }

    private static ReadOnlyMemory<byte> Value(ReadOnlyMemory<byte> line, ref Utf8JsonReader reader)
    {
        reader.Read();
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return line[start..(int)reader.BytesConsumed];
    }
}
