using System.Text.Json;
using System.Text.Json.Nodes;

namespace InfraGate.McpServer.Planning.Objects;

/// <summary>Reads Kubernetes objects as JSON without trusting their shape: what is missing or of another type is null.</summary>
internal static class JsonReading
{
    /// <summary>The node under a chain of keys; null as soon as one is missing.</summary>
    public static JsonNode? At(this JsonNode? node, params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
        {
            node = (node as JsonObject)?[key];
        }

        return node;
    }

    public static string? Text(this JsonNode? node) => node is JsonValue value && value.GetValueKind() is JsonValueKind.String ? value.GetValue<string>() : null;

    public static string? TextAt(this JsonNode? node, params ReadOnlySpan<string> keys) => node.At(keys).Text();

    public static bool IsTrueAt(this JsonNode? node, params ReadOnlySpan<string> keys) => node.At(keys) is JsonValue value && value.GetValueKind() is JsonValueKind.True;

    public static long? NumberAt(this JsonNode? node, params ReadOnlySpan<string> keys) =>
        node.At(keys) is JsonValue value && value.GetValueKind() is JsonValueKind.Number && decimal.TryParse(value.ToJsonString(), out var number)
        && decimal.Truncate(number) == number && number is >= long.MinValue and <= long.MaxValue
            ? (long)number
            : null;

    /// <summary>The maps in a list; empty when there is no list.</summary>
    public static IEnumerable<JsonObject> MapsAt(this JsonNode? node, params ReadOnlySpan<string> keys) =>
        (node.At(keys) as JsonArray)?.OfType<JsonObject>() ?? [];

    /// <summary>The entries of a map whose values are text; empty when there is no map.</summary>
    public static IEnumerable<KeyValuePair<string, string>> TextsAt(this JsonNode? node, params ReadOnlySpan<string> keys)
    {
        var map = node.At(keys) as JsonObject;
        return map is null ? [] : Texts(map);

        static IEnumerable<KeyValuePair<string, string>> Texts(JsonObject map)
        {
            foreach (var (key, value) in map)
            {
                if (value.Text() is { } text)
                {
                    yield return new(key, text);
                }
            }
        }
    }
}
