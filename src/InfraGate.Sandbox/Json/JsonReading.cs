using System.Text.Json;
using System.Text.Json.Nodes;

namespace InfraGate.Sandbox.Json;

/// <summary>Reads of loosely shaped objects that answer null instead of throwing when the shape is another.</summary>
internal static class JsonReading
{
    /// <summary>The object at the path, or null.</summary>
    public static JsonObject? Object(this JsonNode? node, params ReadOnlySpan<string> path) => node.At(path) as JsonObject;

    /// <summary>The list at the path, or null.</summary>
    public static JsonArray? List(this JsonNode? node, params ReadOnlySpan<string> path) => node.At(path) as JsonArray;

    /// <summary>The string at the path, or null.</summary>
    public static string? Text(this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.At(path) is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    /// <summary>The whole number at the path, or null.</summary>
    public static long? Integer(this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.At(path) is JsonValue value && value.GetValueKind() == JsonValueKind.Number && TryInteger(value, out var number) ? number : null;

    /// <summary>The boolean at the path, or null.</summary>
    public static bool? Boolean(this JsonNode? node, params ReadOnlySpan<string> path) => node.At(path)?.GetValueKind() switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    /// <summary>The objects of the list at the path; empty when there is none.</summary>
    public static IEnumerable<JsonObject> Items(this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.List(path)?.OfType<JsonObject>() ?? [];

    /// <summary>The string values of the object at the path.</summary>
    public static Dictionary<string, string> Map(this JsonNode? node, params ReadOnlySpan<string> path)
    {
        var result = new Dictionary<string, string>();
        foreach (var (key, value) in node.Object(path) ?? [])
        {
            result[key] = value.Text() ?? string.Empty;
        }

        return result;
    }

    /// <summary>The object member of that name, created empty when it is missing or null.</summary>
    public static JsonObject Ensure(this JsonObject node, string name)
    {
        if (node[name] is not JsonObject child)
        {
            child = [];
            node[name] = child;
        }

        return child;
    }

    /// <summary>Sets a member that is missing or null.</summary>
    public static void Default(this JsonObject node, string name, JsonNode value)
    {
        if (node[name] is null)
        {
            node[name] = value;
        }
    }

    /// <summary>Puts a copy of <paramref name="value"/>, or removes the member when it is null.</summary>
    public static void Put(this JsonObject node, string name, JsonNode? value)
    {
        if (value is null)
        {
            node.Remove(name);
        }
        else
        {
            node[name] = value.DeepClone();
        }
    }

    private static bool TryInteger(JsonValue value, out long number)
    {
        if (value.TryGetValue(out number))
        {
            return true;
        }

        if (value.TryGetValue(out int small))
        {
            number = small;
            return true;
        }

        if (value.TryGetValue(out double real) && Math.Floor(real) == real && Math.Abs(real) < long.MaxValue)
        {
            number = (long)real;
            return true;
        }

        return false;
    }

    private static JsonNode? At(this JsonNode? node, ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            node = (node as JsonObject)?[name];
        }

        return node;
    }
}
