using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using InfraGate.McpServer.Planning.Manifests;
using InfraGate.Plans.Redaction;

namespace InfraGate.McpServer.Planning.Masking;

/// <summary>The manifest as it was given, with what must not be shown replaced where it stands; comments and layout stay.</summary>
internal static class ManifestMask
{
    public static string View(CredentialDetector detector, Manifest manifest)
    {
        var spans = new SortedDictionary<int, (int End, string Replacement)>();
        foreach (var document in manifest.Documents)
        {
            var json = document.Root.ToJson();
            Collect(document.Root, json, SecretLeaves.Find(detector, json.AsObject(), sent: json.AsObject()), manifest.Text, spans);
        }

        var view = new StringBuilder(manifest.Text.Length);
        var position = 0;
        foreach (var (start, (end, replacement)) in spans)
        {
            view.Append(manifest.Text, position, start - position).Append(Quoted(replacement));
            position = end;
        }

        view.Append(manifest.Text, position, manifest.Text.Length - position);

        // What is left are keys, comments and values that nothing in the objects gives away, such as a password in a comment.
        return detector.Redact(view.ToString());
    }

    private static void Collect(
        ManifestNode node, JsonNode? json, IReadOnlyDictionary<JsonNode, string> hidden, string text, SortedDictionary<int, (int End, string Replacement)> spans)
    {
        switch (node)
        {
            case ManifestMap map:
                foreach (var entry in map.Entries)
                {
                    Collect(entry.Value, json!.AsObject()[entry.Key.Text], hidden, text, spans);
                }

                return;
            case ManifestList list:
                for (var i = 0; i < list.Items.Count; i++)
                {
                    Collect(list.Items[i], json!.AsArray()[i], hidden, text, spans);
                }

                return;
            default:
                if (json is not null && hidden.TryGetValue(json, out var replacement))
                {
                    // A block text ends where the next key starts; the line break before that is not part of the value.
                    spans[node.Start] = (node.Start + text.AsSpan()[node.Start..node.End].TrimEnd().Length, replacement);
                }

                return;
        }
    }

    private static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
}
