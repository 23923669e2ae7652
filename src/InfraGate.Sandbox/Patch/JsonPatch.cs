using System.Text.Json.Nodes;
using InfraGate.Sandbox.Api;
using InfraGate.Sandbox.Json;

namespace InfraGate.Sandbox.Patch;

/// <summary>JSON patch (RFC 6902).</summary>
internal static class JsonPatch
{
    /// <summary>A new value; throws a refusal when an operation does not apply.</summary>
    public static JsonNode? Apply(JsonNode target, JsonArray operations)
    {
        JsonNode? document = target.DeepClone();
        foreach (var operation in operations.OfType<JsonObject>())
        {
            document = Step(document, operation);
        }

        return document;
    }

    private static JsonNode? Step(JsonNode? document, JsonObject operation)
    {
        var path = operation.Text("path") ?? throw KubernetesError.BadRequest("json patch operation without path");
        switch (operation.Text("op"))
        {
            case "add":
                Add(document, path, operation["value"]?.DeepClone());
                return document;
            case "replace":
                Take(document, path);
                Add(document, path, operation["value"]?.DeepClone());
                return document;
            case "remove":
                Take(document, path);
                return document;
            case "move":
                Add(document, path, Take(document, operation.Text("from") ?? string.Empty));
                return document;
            case "copy":
                Add(document, path, Find(document, operation.Text("from") ?? string.Empty)?.DeepClone());
                return document;
            case "test" when JsonNode.DeepEquals(Find(document, path), operation["value"]):
                return document;
            case "test":
                throw Failed($"testing value {path} failed");
            default:
                throw KubernetesError.BadRequest($"unexpected json patch operation \"{operation.Text("op")}\"");
        }
    }

    private static JsonNode? Find(JsonNode? document, string path)
    {
        foreach (var token in Tokens(path))
        {
            document = document switch
            {
                JsonObject map when map.ContainsKey(token) => map[token],
                JsonArray list when int.TryParse(token, out var index) && index >= 0 && index < list.Count => list[index],
                _ => throw Failed($"missing path: \"{path}\""),
            };
        }

        return document;
    }

    private static void Add(JsonNode? document, string path, JsonNode? value)
    {
        var (parent, token) = Parent(document, path);
        switch (parent)
        {
            case JsonObject map:
                map[token] = value;
                break;
            case JsonArray list when token == "-":
                list.Add(value);
                break;
            case JsonArray list when int.TryParse(token, out var index) && index >= 0 && index <= list.Count:
                list.Insert(index, value);
                break;
            default:
                throw Failed($"add operation does not apply: doc is missing path: \"{path}\"");
        }
    }

    private static JsonNode? Take(JsonNode? document, string path)
    {
        var (parent, token) = Parent(document, path);
        switch (parent)
        {
            case JsonObject map when map.ContainsKey(token):
                var member = map[token];
                map.Remove(token);
                return member;
            case JsonArray list when int.TryParse(token, out var index) && index >= 0 && index < list.Count:
                var item = list[index];
                list.RemoveAt(index);
                return item;
            default:
                throw Failed($"remove operation does not apply: doc is missing path: \"{path}\"");
        }
    }

    private static (JsonNode? Parent, string Token) Parent(JsonNode? document, string path)
    {
        var slash = path.LastIndexOf('/');
        return slash < 0 ? throw Failed($"invalid path: \"{path}\"") : (Find(document, path[..slash]), Unescape(path[(slash + 1)..]));
    }

    private static IEnumerable<string> Tokens(string path) => path.Length == 0 ? [] : path[1..].Split('/').Select(Unescape);

    private static string Unescape(string token) => token.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);

    private static KubernetesError Failed(string message) => KubernetesError.Unprocessable(message);
}
