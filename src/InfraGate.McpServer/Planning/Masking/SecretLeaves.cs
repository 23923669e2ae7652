using System.Text;
using System.Text.Json.Nodes;
using InfraGate.McpServer.Planning.Objects;
using InfraGate.Plans.Redaction;

namespace InfraGate.McpServer.Planning.Masking;

/// <summary>
/// Finds the texts in an object that must not be shown and says what stands in their place. Where a value has a name (environment variables, ConfigMap
/// entries, labels, annotations, command line options) name and value are judged together, elsewhere the value alone.
/// </summary>
internal sealed class SecretLeaves
{
    private const string Annotations = "annotations";

    private static readonly string[] NamedMaps = [Annotations, "labels", "matchLabels", "nodeSelector"];
    private static readonly string[] ConfigMapData = ["data", "binaryData"];

    private readonly CredentialDetector _detector;
    private readonly Dictionary<JsonNode, string> _replacements = new(ReferenceEqualityComparer.Instance);
    private readonly JsonObject? _sent;

    private SecretLeaves(CredentialDetector detector, JsonObject? sent)
    {
        _detector = detector;
        _sent = sent;
    }

    /// <param name="detector">What counts as a credential.</param>
    /// <param name="root">The object.</param>
    /// <param name="sent">The request's own object. A ConfigMap value or a copy of a manifest that it does not bring lives in the cluster and is never shown.</param>
    /// <returns>The nodes of <paramref name="root"/> to replace, by identity, and their replacements.</returns>
    public static IReadOnlyDictionary<JsonNode, string> Find(CredentialDetector detector, JsonObject root, JsonObject? sent)
    {
        var leaves = new SecretLeaves(detector, sent);
        if (root.TextAt("kind") == ObjectKind.ConfigMap.Name)
        {
            leaves.VisitConfigMap(root);
        }
        else
        {
            leaves.Visit(root, name: "");
        }

        return leaves._replacements;
    }

    private void VisitConfigMap(JsonObject root)
    {
        VisitCommandLine(root);
        foreach (var (key, value) in root)
        {
            if (!ConfigMapData.Contains(key))
            {
                Visit(value, key);
                continue;
            }

            foreach (var (name, text) in root.TextsAt(key))
            {
                if (_sent.TextAt(key, name) == text)
                {
                    Judge(value![name]!, name, text);
                }
                else
                {
                    _replacements[value![name]!] = Fingerprint.Of(text);
                }
            }
        }
    }

    private void Visit(JsonNode? node, string name)
    {
        switch (node)
        {
            case JsonObject map:
                VisitCommandLine(map);
                foreach (var (key, value) in map)
                {
                    VisitMember(map, key, value);
                }

                return;
            case JsonArray list:
                VisitItems(list, CommandLine.Fields.Contains(name));
                return;
            default:
                if (node.Text() is { } text)
                {
                    Judge(node!, name: null, text);
                }

                return;
        }
    }

    private void VisitMember(JsonObject map, string key, JsonNode? value)
    {
        if (NamedMaps.Contains(key) && value is JsonObject named)
        {
            foreach (var (name, text) in named.TextsAt())
            {
                if (key == Annotations && ManifestCopy.IsOne(text) && !IsBrought(name, text))
                {
                    _replacements[named[name]!] = Fingerprint.Of(text);
                }
                else
                {
                    Judge(named[name]!, name, text);
                }
            }
        }
        else if (key == "value" && value.Text() is { } text && map.TextAt("name") is { } name)
        {
            Judge(value!, name, text);
        }
        else
        {
            Visit(value, key);
        }
    }

    // What the request itself brings is what will run, so the approver sees it.
    private bool IsBrought(string name, string text) =>
        _sent.TextAt("metadata", Annotations, name) == text || _sent.TextAt("spec", "template", "metadata", Annotations, name) == text;

    private void VisitCommandLine(JsonObject map)
    {
        foreach (var word in CommandLine.Words(_detector, map))
        {
            Hide(word.Node, word.Text, word.Credentials);
        }
    }

    private void VisitItems(JsonArray list, bool isCommandLine)
    {
        foreach (var item in list.Where(item => !isCommandLine || item.Text() is null))
        {
            Visit(item, name: "");
        }
    }

    private void Judge(JsonNode node, string? name, string text)
    {
        var spans = _detector.Find(text);
        if (spans.Count == 0 && !string.IsNullOrEmpty(name) && _detector.LooksSecret(name, text))
        {
            _replacements[node] = Fingerprint.Of(text);
        }
        else
        {
            Hide(node, text, spans);
        }
    }

    private void Hide(JsonNode node, string text, IReadOnlyList<CredentialSpan> spans)
    {
        if (spans.Count > 0)
        {
            _replacements[node] = text.Contains('\n', StringComparison.Ordinal) ? ReplaceSpans(text, spans) : Fingerprint.Of(text);
        }
    }

    // A whole file under one key stays readable: the reviewer must see what runs, only the credentials in it go.
    private static string ReplaceSpans(string text, IReadOnlyList<CredentialSpan> spans)
    {
        var result = new StringBuilder(text.Length);
        var position = 0;
        foreach (var span in spans)
        {
            result.Append(text, position, span.Start - position).Append(Fingerprint.Of(text.Substring(span.Start, span.Length)));
            position = span.End;
        }

        return result.Append(text, position, text.Length - position).ToString();
    }
}
