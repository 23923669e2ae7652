using System.Buffers;
using System.Text.Json;
using InfraGate.Plans.Redaction;
using ModelContextProtocol.Protocol;

namespace InfraGate.McpServer.Tools;

/// <summary>
/// Replaces credentials in an answer by placeholders when no gateway stands between this server and the model; behind one, its guardrail does that,
/// with the same detector.
/// </summary>
internal sealed class StandaloneRedaction
{
    private readonly CredentialDetector _detector = new();

    public CallToolResult Apply(CallToolResult result) => new()
    {
        IsError = result.IsError,
        StructuredContent = result.StructuredContent is { } structured ? Redact(structured) : null,
        Content = [.. result.Content.Select(block => block is TextContentBlock text ? new TextContentBlock { Text = _detector.Redact(text.Text) } : block)],
    };

    private JsonElement Redact(JsonElement value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            Write(writer, value);
        }

        return JsonElement.Parse(buffer.WrittenSpan);
    }

    private void Write(Utf8JsonWriter writer, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var property in value.EnumerateObject())
                {
                    writer.WritePropertyName(property.Name);
                    Write(writer, property.Value);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                writer.WriteStringValue(_detector.Redact(value.GetString()!));
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }
}
