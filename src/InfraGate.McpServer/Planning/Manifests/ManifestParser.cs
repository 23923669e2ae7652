using System.Text;

namespace InfraGate.McpServer.Planning.Manifests;

/// <summary>Reads a manifest, YAML or JSON, one or several documents, as strictly as an API server and with better words.</summary>
internal sealed class ManifestParser(TimeProvider time)
{
    /// <param name="text">The manifest as given.</param>
    /// <param name="namespace">The namespace the call names; every object must be in it.</param>
    /// <exception cref="ManifestException">The manifest is refused; the message names the place and the cure.</exception>
    public Manifest Parse(string text, string @namespace)
    {
        RefuseSizeAndCharacters(text);
        var roots = StartsLikeJson(text) ? JsonTreeReader.Read(text) : YamlTreeReader.Read(text, time);
        var documents = new List<ManifestDocument>();
        var places = new Dictionary<string, TextPosition>(StringComparer.Ordinal);
        foreach (var root in roots.OfType<ManifestNode>())
        {
            var document = ManifestDocumentReader.Read(root, @namespace);
            if (!places.TryAdd(document.Reference, root.Position))
            {
                throw new ManifestException($"{document.Reference} stands twice; the first is at {places[document.Reference]}.", root.Position);
            }

            documents.Add(document);
            if (documents.Count > ManifestLimits.Documents)
            {
                throw new ManifestException($"more than {ManifestLimits.Documents} objects; split the manifest.", root.Position);
            }
        }

        return documents.Count > 0
            ? new Manifest(text, documents, roots.Count - documents.Count)
            : throw new ManifestException("the manifest holds no object.", new TextPosition(1, 1));
    }

    private static void RefuseSizeAndCharacters(string text)
    {
        if (text.Length > ManifestLimits.Bytes || Encoding.UTF8.GetByteCount(text) > ManifestLimits.Bytes)
        {
            throw new ManifestException($"the manifest is larger than {ManifestLimits.Bytes / 1024} KiB; split it.", new TextPosition(1, 1));
        }

        var (line, lineStart) = (1, 0);
        for (var i = 0; i < text.Length; i++)
        {
            var character = text[i];
            if (character == '\n')
            {
                (line, lineStart) = (line + 1, i + 1);
            }
            else if (char.IsHighSurrogate(character) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (IsRefused(character, i))
            {
                throw new ManifestException($"the character U+{(int)character:X4} is not accepted.", new TextPosition(line, i - lineStart + 1));
            }
        }
    }

    // Control characters and lone surrogates. U+0085, U+2028 and U+2029 break lines for YAML 1.1 but for no one who reads the text: they could hide a document.
    private static bool IsRefused(char character, int index) =>
        (char.IsControl(character) && character is not ('\t' or '\r' or '\n'))
        || char.IsSurrogate(character)
        || character is '\u2028' or '\u2029' or '\uFFFE' or '\uFFFF'
        || (character == '\uFEFF' && index > 0);

    private static bool StartsLikeJson(string text)
    {
        var start = text.AsSpan().TrimStart("\uFEFF \t\r\n");
        return start.StartsWith("{") && !text.Contains("\n---", StringComparison.Ordinal);
    }
}
