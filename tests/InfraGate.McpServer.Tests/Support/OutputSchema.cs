using System.Text.Json;
using ModelContextProtocol.Protocol;

namespace InfraGate.McpServer.Tests.Support;

/// <summary>Checks structured content against the part of JSON Schema that the tools' output schemas use.</summary>
internal static class OutputSchema
{
    public static void Check(Tool tool, CallToolResult result) =>
        Check(tool.OutputSchema!.Value, result.StructuredContent!.Value, tool.Name);

    private static void Check(JsonElement schema, JsonElement value, string path)
    {
        var type = schema.GetProperty("type").GetString();
        var fits = type switch
        {
            "object" => value.ValueKind is JsonValueKind.Object,
            "array" => value.ValueKind is JsonValueKind.Array,
            "string" => value.ValueKind is JsonValueKind.String,
            "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            "integer" => value.ValueKind is JsonValueKind.Number && value.TryGetInt64(out _),
            _ => false,
        };
        fits.ShouldBeTrue($"{path} should be {type}: {value.GetRawText()}");
        if (schema.TryGetProperty("items", out var items))
        {
            foreach (var (index, item) in value.EnumerateArray().Index())
            {
                Check(items, item, $"{path}[{index}]");
            }
        }

        if (!schema.TryGetProperty("properties", out var properties))
        {
            return;
        }

        var isClosed = schema.TryGetProperty("additionalProperties", out var additional) && additional.ValueKind is JsonValueKind.False;
        foreach (var property in value.EnumerateObject())
        {
            if (properties.TryGetProperty(property.Name, out var declared))
            {
                Check(declared, property.Value, $"{path}.{property.Name}");
            }
            else
            {
                isClosed.ShouldBeFalse($"{path}.{property.Name} is not in the output schema");
            }
        }
    }
}
