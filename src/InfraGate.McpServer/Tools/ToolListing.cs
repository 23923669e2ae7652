using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;

namespace InfraGate.McpServer.Tools;

/// <summary>Writes a tool's definition as the protocol's <see cref="Tool"/>, with compact JSON schemas.</summary>
internal static class ToolListing
{
    /// <summary>The <c>_meta</c> key that names result properties with text written by workloads.</summary>
    public const string UntrustedMetaKey = "infragate.dev/untrusted";

    public static Tool Describe(ToolDefinition definition, IReadOnlyList<ToolParameter> parameters) => new()
    {
        Name = definition.Name,
        Title = definition.Title,
        Description = definition.Description,
        InputSchema = InputSchema(parameters),
        OutputSchema = OutputSchema(definition.OutputProperties),
        Annotations = new ToolAnnotations
        {
            ReadOnlyHint = definition.Effect is ToolEffect.Reads,
            DestructiveHint = definition.Effect is ToolEffect.Applies,
            IdempotentHint = true,
            OpenWorldHint = false,
        },
        Meta = definition.UntrustedProperties.Count == 0
            ? null
            : new JsonObject { [UntrustedMetaKey] = new JsonArray([.. definition.UntrustedProperties.Select(name => (JsonNode)name)]) },
    };

    private static JsonElement OutputSchema(string properties) => JsonElement.Parse(
        $$$"""{"type":"object","properties":{{{{properties}}},"error":{"type":"object"}},"additionalProperties":false}""");

    private static JsonElement InputSchema(IReadOnlyList<ToolParameter> parameters)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("type", "object");
            writer.WriteStartObject("properties");
            foreach (var parameter in parameters)
            {
                WriteParameter(writer, parameter);
            }

            writer.WriteEndObject();
            if (parameters.Any(parameter => parameter.Required))
            {
                writer.WriteStartArray("required");
                foreach (var parameter in parameters.Where(parameter => parameter.Required))
                {
                    writer.WriteStringValue(parameter.Name);
                }

                writer.WriteEndArray();
            }

            writer.WriteBoolean("additionalProperties", value: false);
            writer.WriteEndObject();
        }

        return JsonElement.Parse(buffer.WrittenSpan);
    }

    private static void WriteParameter(Utf8JsonWriter writer, ToolParameter parameter)
    {
        writer.WriteStartObject(parameter.Name);
        writer.WriteString("type", parameter.Type switch
        {
            ToolParameterType.Integer => "integer",
            ToolParameterType.Flag => "boolean",
            _ => "string",
        });
        if (parameter.Description is { } description)
        {
            writer.WriteString("description", description);
        }

        switch (parameter.Type)
        {
            case ToolParameterType.Integer:
                writer.WriteNumber("minimum", parameter.Minimum);
                writer.WriteNumber("maximum", parameter.Maximum);
                break;
            case ToolParameterType.DnsLabel:
                writer.WriteNumber("maxLength", 63);
                break;
            case ToolParameterType.DnsName:
                writer.WriteNumber("maxLength", 253);
                break;
            case ToolParameterType.Text when parameter.Values is null:
                writer.WriteNumber("maxLength", parameter.MaxLength);
                break;
        }

        if (parameter.Values is { } values)
        {
            writer.WriteStartArray("enum");
            foreach (var value in values)
            {
                writer.WriteStringValue(value);
            }

            writer.WriteEndArray();
        }

        if (parameter.DefaultNumber is { } number)
        {
            writer.WriteNumber("default", number);
        }

        writer.WriteEndObject();
    }
}
