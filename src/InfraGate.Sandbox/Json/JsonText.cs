using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace InfraGate.Sandbox.Json;

/// <summary>The one way JSON is read and written here.</summary>
internal static class JsonText
{
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonDocumentOptions Reading = new() { MaxDepth = 128 };

    public static byte[] Bytes(JsonNode node) => JsonSerializer.SerializeToUtf8Bytes(node, Options);

    public static string Text(JsonNode? node) => node is null ? "null" : node.ToJsonString(Options);

    public static JsonObject Object(ReadOnlySpan<byte> json) => (JsonObject)JsonNode.Parse(json, documentOptions: Reading)!;

    public static JsonNode? Node(ReadOnlySpan<byte> json) => JsonNode.Parse(json, documentOptions: Reading);

    /// <summary>Text with members in ordinal order, so that equal values give equal text.</summary>
    public static string Canonical(JsonNode? node) => node switch
    {
        JsonObject map => "{" + string.Join(',', map.OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => Text(JsonValue.Create(pair.Key)) + ":" + Canonical(pair.Value))) + "}",
        JsonArray list => "[" + string.Join(',', list.Select(Canonical)) + "]",
        _ => Text(node),
    };
}
