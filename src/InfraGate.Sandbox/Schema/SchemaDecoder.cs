using System.Text.Json;
using System.Text.Json.Nodes;

namespace InfraGate.Sandbox.Schema;

/// <summary>
/// Reads a request's object as the API server's decoder does: unknown fields are dropped, nulls are dropped,
/// a value of the wrong type is a mistake in the request.
/// </summary>
internal static class SchemaDecoder
{
    /// <summary>The mistakes found in <paramref name="value"/>, and the unknown fields, both as paths with a reason.</summary>
    public static DecodeResult Decode(JsonObject value, StructType type)
    {
        var result = new DecodeResult();
        Visit(value, type, string.Empty, result);
        return result;
    }

    private static void Visit(JsonNode node, TypeSchema type, string path, DecodeResult result)
    {
        switch (type)
        {
            case StructType structure when node is JsonObject map:
                VisitFields(map, structure, path, result);
                break;
            case MapType free when node is JsonObject map:
                VisitEntries(map, free, path, result);
                break;
            case ListType list when node is JsonArray items:
                for (var index = 0; index < items.Count; index++)
                {
                    if (items[index] is { } item)
                    {
                        Visit(item, list.Element, $"{path}[{index}]", result);
                    }
                }

                break;
            case UntypedType:
                break;
            case ScalarType scalar when Fits(scalar.Kind, node.GetValueKind()):
                break;
            default:
                result.Mistakes.Add($"{path.TrimStart('.')}: unexpected {Describe(node.GetValueKind())}, want {Describe(type)}");
                break;
        }
    }

    private static void VisitFields(JsonObject map, StructType structure, string path, DecodeResult result)
    {
        foreach (var (name, child) in map.ToList())
        {
            if (!structure.Fields.TryGetValue(name, out var field))
            {
                result.Unknown.Add($"{path}.{name}".TrimStart('.'));
                map.Remove(name);
            }
            else if (child is null)
            {
                map.Remove(name);
            }
            else
            {
                Visit(child, field.Type, $"{path}.{name}", result);
            }
        }
    }

    private static void VisitEntries(JsonObject map, MapType free, string path, DecodeResult result)
    {
        foreach (var (name, child) in map.ToList())
        {
            if (child is not null)
            {
                Visit(child, free.Element, $"{path}.{name}", result);
            }
            else if (free.Element is ScalarType { Kind: ScalarKind.String })
            {
                map[name] = string.Empty;
            }
        }
    }

    private static bool Fits(ScalarKind kind, JsonValueKind value) => kind switch
    {
        ScalarKind.String => value == JsonValueKind.String,
        ScalarKind.Integer or ScalarKind.Number => value == JsonValueKind.Number,
        ScalarKind.Boolean => value is JsonValueKind.True or JsonValueKind.False,
        ScalarKind.Quantity or ScalarKind.IntOrString => value is JsonValueKind.String or JsonValueKind.Number,
        _ => false,
    };

    private static string Describe(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "list",
        JsonValueKind.Number => "number",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        _ => "string",
    };

    private static string Describe(TypeSchema type) => type switch
    {
        ScalarType scalar => scalar.Kind.ToString(),
        ListType => "list",
        _ => "object",
    };
}

/// <summary>What a decoder found besides the object itself.</summary>
internal sealed class DecodeResult
{
    public List<string> Mistakes { get; } = [];

    public List<string> Unknown { get; } = [];
}
