using System.Text.Json.Nodes;
using InfraGate.Sandbox.Schema;

namespace InfraGate.Sandbox.Apply;

/// <summary>Checks an applied configuration against the schema; unlike a decoder, it does not forgive unknown fields.</summary>
internal static class TypedValidator
{
    /// <summary>Every violation, each with its path.</summary>
    public static List<string> Violations(JsonNode? value, TypeSchema type)
    {
        var found = new List<string>();
        Visit(value, type, string.Empty, found);
        return found;
    }

    private static void Visit(JsonNode? value, TypeSchema type, string path, List<string> found)
    {
        switch (type)
        {
            case UntypedType:
            case not null when value is null:
                break;
            case StructType structure when value is JsonObject map:
                foreach (var (name, child) in map)
                {
                    if (structure.Fields.TryGetValue(name, out var field))
                    {
                        Visit(child, field.Type, $"{path}.{name}", found);
                    }
                    else
                    {
                        found.Add($"{path}.{name}: field not declared in schema");
                    }
                }

                break;
            case MapType free when value is JsonObject map:
                foreach (var (name, child) in map)
                {
                    Visit(child, free.Element, $"{path}.{name}", found);
                }

                break;
            case ListType list when value is JsonArray items:
                VisitItems(items, list, path, found);
                break;
            case ScalarType scalar:
                VisitScalar(value!, scalar, path, found);
                break;
            default:
                found.Add($"{path}: expected {(type is ListType ? "list" : "map")}, got {Describe(value)}");
                break;
        }
    }

    private static void VisitItems(JsonArray items, ListType list, string path, List<string> found)
    {
        if (list.Kind != ListKind.Atomic)
        {
            try
            {
                ListItems.Named(items, list, path);
            }
            catch (TypedValueException violation)
            {
                found.Add(violation.Message);
            }
        }

        for (var index = 0; index < items.Count; index++)
        {
            Visit(items[index], list.Element, $"{path}[{index}]", found);
        }
    }

    private static void VisitScalar(JsonNode value, ScalarType scalar, string path, List<string> found)
    {
        var kind = value.GetValueKind();
        var fits = scalar.Kind switch
        {
            ScalarKind.String => kind == System.Text.Json.JsonValueKind.String,
            ScalarKind.Boolean => kind is System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False,
            ScalarKind.Integer or ScalarKind.Number => kind == System.Text.Json.JsonValueKind.Number,
            _ => kind is System.Text.Json.JsonValueKind.Number or System.Text.Json.JsonValueKind.String,
        };
        if (!fits)
        {
            var expected = scalar.Kind is ScalarKind.Integer or ScalarKind.Number ? "numeric (int or float)" : scalar.Kind.ToString().ToLowerInvariant();
            found.Add($"{path}: expected {expected}, got {(expected[0] == 'n' ? "*value.valueUnstructured" : Describe(value))}");
        }
    }

    private static string Describe(JsonNode? value) => value switch
    {
        null => "null",
        JsonObject => "map",
        JsonArray => "list",
        _ => Json.JsonText.Text(value),
    };
}
