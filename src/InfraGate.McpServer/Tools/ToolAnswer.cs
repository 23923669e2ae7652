using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace InfraGate.McpServer.Tools;

/// <summary>A successful answer: structured content, and the same facts as compact text for clients that show text only.</summary>
internal sealed record ToolAnswer(JsonElement Structured, string Text)
{
    public static ToolAnswer From<T>(T value, JsonTypeInfo<T> type)
    {
        var structured = JsonSerializer.SerializeToElement(value, type);
        return new ToolAnswer(structured, OutlineText.Render(structured));
    }

    public static ToolAnswer From<T>(T value, JsonTypeInfo<T> type, string text) => new(JsonSerializer.SerializeToElement(value, type), text);
}
