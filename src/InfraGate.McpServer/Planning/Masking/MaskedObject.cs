using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using InfraGate.Plans.Redaction;

namespace InfraGate.McpServer.Planning.Masking;

/// <summary>An object and what people may see of it. What is hidden is decided here, once, and sealed with the plan.</summary>
internal sealed class MaskedObject
{
    // The views are read by people and embedded by an encoder of their own: < and + need no escape here.
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly JsonObject _root;
    private readonly IReadOnlyDictionary<JsonNode, string> _replacements;

    private MaskedObject(JsonObject root, IReadOnlyDictionary<JsonNode, string> replacements)
    {
        _root = root;
        _replacements = replacements;
    }

    public static MaskedObject Of(CredentialDetector detector, JsonObject root, JsonObject? sent) => new(root, SecretLeaves.Find(detector, root, sent));

    /// <summary>Whether anything is hidden.</summary>
    public bool HidesSomething => _replacements.Count > 0;

    /// <summary>The whole object as JSON, with fingerprints in the place of what is hidden.</summary>
    public string View() => Copy(_root)!.ToJsonString(Readable);

    /// <summary>A part of the object as compact JSON, and whether something in it is hidden. A part of another object is shown as it is.</summary>
    public (string Json, bool Masked) Render(JsonNode part)
    {
        var masked = Holds(part);
        return ((masked ? Copy(part) : part)!.ToJsonString(Readable), masked);
    }

    private bool Holds(JsonNode? node) => node switch
    {
        null => false,
        JsonObject map => map.Any(member => Holds(member.Value)),
        JsonArray list => list.Any(Holds),
        _ => _replacements.ContainsKey(node),
    };

    private JsonNode? Copy(JsonNode? node) => node switch
    {
        null => null,
        JsonObject map => new JsonObject(map.Select(member => KeyValuePair.Create(member.Key, Copy(member.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Copy)]),
        _ => _replacements.TryGetValue(node, out var replacement) ? JsonValue.Create(replacement) : node.DeepClone(),
    };
}
