using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace InfraGate.McpServer.Planning.Manifests;

/// <summary>
/// Reads YAML events into <see cref="ManifestNode"/>s. What a careful reader of the text could misjudge is refused: duplicate keys, tags, merge keys,
/// more aliases than a person writes.
/// </summary>
internal sealed class YamlTreeReader
{
    private readonly Parser _parser;
    private readonly TimeProvider _time;
    private readonly long _started;
    private readonly Dictionary<string, ManifestNode?> _anchors = new(StringComparer.Ordinal);
    private int _aliases;
    private int _nodes;

    private YamlTreeReader(string text, TimeProvider time)
    {
        _parser = new Parser(new StringReader(text));
        _time = time;
        _started = time.GetTimestamp();
    }

    /// <summary>The documents of a text; null where one is empty.</summary>
    /// <exception cref="ManifestException">The text is no YAML, or is refused.</exception>
    public static IReadOnlyList<ManifestNode?> Read(string text, TimeProvider time)
    {
        var reader = new YamlTreeReader(text, time);
        try
        {
            return reader.ReadStream();
        }
        catch (YamlException exception)
        {
            throw new ManifestException($"not well-formed YAML: {exception.Message}", PlaceOf(exception, text), inner: exception);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException or IndexOutOfRangeException or FormatException or OverflowException)
        {
            // The scanner of YamlDotNet loses itself in some malformed texts; fuzzing found them.
            throw new ManifestException("not well-formed YAML.", reader._parser.Current is { } last ? At(last.End) : new TextPosition(1, 1), inner: exception);
        }
    }

    // For a tab the scanner names the map that it is in, which is no help to find it.
    private static TextPosition PlaceOf(YamlException exception, string text)
    {
        var lines = text.Split('\n');
        for (var line = 0; exception.Message.Contains(" tab ", StringComparison.Ordinal) && line < lines.Length; line++)
        {
            var indentation = lines[line].AsSpan()[..^lines[line].AsSpan().TrimStart().Length];
            if (line + 1 >= exception.Start.Line && indentation.IndexOf('\t') is >= 0 and var tab)
            {
                return new TextPosition(line + 1, tab + 1);
            }
        }

        return At(exception.End);
    }

    private List<ManifestNode?> ReadStream()
    {
        var documents = new List<ManifestNode?>();
        Next<StreamStart>();
        while (Advance() is DocumentStart start)
        {
            if (documents.Count == ManifestLimits.DocumentMarkers)
            {
                throw new ManifestException($"more than {ManifestLimits.DocumentMarkers} documents.", At(start.Start));
            }

            if (start.Tags is { Count: > 0 } tags && tags.Any(tag => tag.Prefix is not ("!" or "tag:yaml.org,2002:")))
            {
                throw new ManifestException("%TAG directives are not accepted.", At(start.Start));
            }

            _anchors.Clear();
            var root = ReadNode(Advance(), depth: 1);
            documents.Add(root is ManifestScalar { Type: ScalarType.Null } ? null : root);
            Next<DocumentEnd>();
        }

        return documents;
    }

    private ManifestNode ReadNode(ParsingEvent current, int depth)
    {
        var position = At(current.Start);
        if (depth > ManifestLimits.Depth)
        {
            throw new ManifestException($"nested deeper than {ManifestLimits.Depth} levels.", position);
        }

        Count(1, position);
        if (current is AnchorAlias alias)
        {
            return Resolve(alias, position);
        }

        var anchor = Anchor((NodeEvent)current, position);
        ManifestNode node = current switch
        {
            Scalar scalar => ReadScalar(scalar, position),
            SequenceStart => ReadList(current, position, depth),
            MappingStart => ReadMap(current, position, depth),
            _ => throw new ManifestException("unexpected content.", position),
        };
        if (anchor is not null)
        {
            _anchors[anchor] = node;
        }

        return node;
    }

    private string? Anchor(NodeEvent node, TextPosition position)
    {
        if (!node.Tag.IsEmpty)
        {
            throw new ManifestException($"the tag '{Shown(node.Tag.Value)}' is not accepted; write the value plainly.", position);
        }

        if (node.Anchor.IsEmpty)
        {
            return null;
        }

        // Marks the anchor as open, so that an alias inside its own value is seen.
        _anchors[node.Anchor.Value] = null;
        return node.Anchor.Value;
    }

    private ManifestNode Resolve(AnchorAlias alias, TextPosition position)
    {
        if (++_aliases > ManifestLimits.Aliases)
        {
            throw new ManifestException($"more than {ManifestLimits.Aliases} aliases; write the values out.", position);
        }

        if (!_anchors.TryGetValue(alias.Value.Value, out var node) || node is null)
        {
            throw new ManifestException($"the alias '*{Shown(alias.Value.Value)}' names no finished anchor before it.", position);
        }

        Count(node.Count, position);
        return node;
    }

    private ManifestList ReadList(ParsingEvent start, TextPosition position, int depth)
    {
        var items = new List<ManifestNode>();
        ParsingEvent current;
        while ((current = Advance()) is not SequenceEnd)
        {
            items.Add(ReadNode(current, depth + 1));
        }

        return new ManifestList(position, (int)start.Start.Index, (int)current.End.Index, items);
    }

    private ManifestMap ReadMap(ParsingEvent start, TextPosition position, int depth)
    {
        var entries = new List<ManifestEntry>();
        var keys = new Dictionary<string, TextPosition>(StringComparer.Ordinal);
        ParsingEvent current;
        while ((current = Advance()) is not MappingEnd)
        {
            var key = ReadKey(current);
            if (!keys.TryAdd(key.Text, key.Position))
            {
                throw new ManifestException($"the key '{Shown(key.Text)}' stands twice in one map; the first is at {keys[key.Text]}.", key.Position);
            }

            entries.Add(new ManifestEntry(key, ReadNode(Advance(), depth + 1)));
        }

        return new ManifestMap(position, (int)start.Start.Index, (int)current.End.Index, entries);
    }

    private ManifestScalar ReadKey(ParsingEvent current)
    {
        var position = At(current.Start);
        if (current is not Scalar scalar)
        {
            throw new ManifestException("a key must be plain text, not a map, list or alias.", position);
        }

        if (!scalar.Anchor.IsEmpty || !scalar.Tag.IsEmpty)
        {
            throw new ManifestException("a key must be plain text, without anchor or tag.", position);
        }

        if (scalar is { Value: "<<", Style: ScalarStyle.Plain })
        {
            throw new ManifestException("merge keys (<<) are not accepted; write the values out.", position);
        }

        Count(1, position);
        var key = ReadScalar(scalar, position);
        return key.Type is ScalarType.Text
            ? key
            : throw new ManifestException($"a key must be text, not {key.Describe()}; quote it.", position);
    }

    private static ManifestScalar ReadScalar(Scalar scalar, TextPosition position)
    {
        var (type, value) = scalar.Style is ScalarStyle.Plain
            ? PlainScalar.Resolve(scalar.Value, position)
            : (ScalarType.Text, JsonValue.Create(scalar.Value));
        return new ManifestScalar(position, (int)scalar.Start.Index, (int)scalar.End.Index, scalar.Value, type, value);
    }

    private void Count(int nodes, TextPosition position)
    {
        _nodes += nodes;
        if (_nodes > ManifestLimits.Nodes)
        {
            throw new ManifestException($"more than {ManifestLimits.Nodes} values, aliases written out.", position);
        }
    }

    private ParsingEvent Advance()
    {
        if (!_parser.MoveNext() || _parser.Current is not { } current)
        {
            throw new ManifestException("the text ends too early.", new TextPosition(1, 1));
        }

        if (_time.GetElapsedTime(_started) > ManifestLimits.Time)
        {
            throw new ManifestException($"reading takes longer than {ManifestLimits.Time.TotalSeconds:0} s; simplify the manifest.", At(current.Start));
        }

        return current;
    }

    private void Next<T>()
        where T : ParsingEvent
    {
        var current = Advance();
        if (current is not T)
        {
            throw new ManifestException("unexpected content.", At(current.Start));
        }
    }

    private static TextPosition At(Mark mark) => new((int)mark.Line, (int)mark.Column);

    private static string Shown(string text) => text.Length <= 60 ? text : text[..60] + "...";
}
