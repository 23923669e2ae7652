using System.Text.Json;
using System.Text.Json.Nodes;

namespace InfraGate.McpGateway.Guardrails;

/// <summary>Lets a tool's output schema allow the guardrail's property, so that labelled answers validate.</summary>
internal static class GuardedSchema
{
    private static readonly string[] s_alternatives = ["anyOf", "oneOf", "allOf"];

    /// <summary>Adds the optional property to an object schema and to each of its alternatives.</summary>
    public static JsonElement? Allow(JsonElement? schema)
    {
        if (schema is not { ValueKind: JsonValueKind.Object } given)
        {
            return schema;
        }

        var root = JsonObject.Create(given)!;
        Amend(root);
        return JsonSerializer.SerializeToElement(root);
    }

    private static void Amend(JsonObject schema)
    {
        var alternatives = s_alternatives.Select(keyword => schema[keyword]).OfType<JsonArray>().ToList();
        foreach (var alternative in alternatives.SelectMany(list => list).OfType<JsonObject>())
        {
            Amend(alternative);
        }

        if (schema["properties"] is JsonObject properties)
        {
            properties[UntrustedLabel.Property] = new JsonObject { ["type"] = "object" };
        }
        else if (alternatives.Count == 0 || schema["additionalProperties"] is not null)
        {
            schema["properties"] = new JsonObject { [UntrustedLabel.Property] = new JsonObject { ["type"] = "object" } };
        }
    }
}
