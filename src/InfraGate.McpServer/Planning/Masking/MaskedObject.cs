using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using InfraGate.Plans.Redaction;

namespace InfraGate.McpServer.Planning.Masking;

/// <summary>An object and what people may see of it. What is hidden is decided here, once, and sealed with the plan.</summary>
internal sealed class MaskedObject
{
    // The views are read by people and embedded by an encoder of their own: < and + need no escape here.
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Bytes; an object of ordinary size.</summary>
    private const int FirstBuffer = 4096;

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
    public string View() => Json(_root);

    /// <summary>A part of the object as compact JSON, and whether something in it is hidden. A part of another object is shown as it is.</summary>
    public (string Json, bool Masked) Render(JsonNode part) => (Json(part), Holds(part));

    private bool Holds(JsonNode? node) => node switch
    {
        null => false,
        JsonObject map => map.Any(member => Holds(member.Value)),
        JsonArray list => list.Any(Holds),
        _ => _replacements.ContainsKey(node),
    };

    private string Json(JsonNode part)
    {
        var written = new ArrayBufferWriter<byte>(FirstBuffer);
        using (var writer = new Utf8JsonWriter(written, Readable))
        {
            Write(part, writer);
        }

        return Encoding.UTF8.GetString(written.WrittenSpan);
    }

    private void Write(JsonNode? node, Utf8JsonWriter writer)
    {
        switch (node)
        {
            case null:
                writer.WriteNullValue();
                break;
            case JsonObject map:
                writer.WriteStartObject();
                foreach (var (key, value) in map)
                {
                    writer.WritePropertyName(key);
                    Write(value, writer);
                }

                writer.WriteEndObject();
                break;
            case JsonArray list:
                writer.WriteStartArray();
                foreach (var item in list)
                {
                    Write(item, writer);
                }

                writer.WriteEndArray();
                break;
            default:
                if (_replacements.TryGetValue(node, out var replacement))
                {
                    writer.WriteStringValue(replacement);
                }
                else
                {
                    node.WriteTo(writer);
                }

                break;
        }
    }
}
