using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace InfraGate.McpServer.Planning.Manifests;

/// <summary>Reads strict JSON (RFC 8259), one or several objects after each other, into <see cref="ManifestNode"/>s.</summary>
internal ref struct JsonTreeReader
{
    private readonly LineMap _lines;
    private Utf8JsonReader _reader;
    private int _nodes;

    private JsonTreeReader(byte[] utf8)
    {
        _lines = new LineMap(utf8);
        _reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = ManifestLimits.Depth, AllowMultipleValues = true });
    }

    /// <exception cref="ManifestException">The text is no strict JSON, or is refused.</exception>
    public static IReadOnlyList<ManifestNode?> Read(string text)
    {
        var reader = new JsonTreeReader(Encoding.UTF8.GetBytes(text));
        try
        {
            var documents = new List<ManifestNode?>();
            while (reader._reader.Read())
            {
                documents.Add(reader.ReadValue());
            }

            return documents;
        }
        catch (JsonException exception)
        {
            var position = reader._lines.At(exception.LineNumber ?? 0, exception.BytePositionInLine ?? 0);
            throw new ManifestException("a manifest that starts with '{' is read as strict JSON, and this is none.", position, inner: exception);
        }
        catch (InvalidOperationException exception)
        {
            throw new ManifestException("a text holds characters that are no valid Unicode.", reader._lines.At(reader._reader.TokenStartIndex).Position, inner: exception);
        }
    }

    private ManifestNode ReadValue()
    {
        var (position, start) = _lines.At(_reader.TokenStartIndex);
        Count(position);
        switch (_reader.TokenType)
        {
            case JsonTokenType.StartObject:
                return ReadMap(position, start);
            case JsonTokenType.StartArray:
                return ReadList(position, start);
            default:
                return ReadScalar(position, start);
        }
    }

    private ManifestMap ReadMap(TextPosition position, int start)
    {
        var entries = new List<ManifestEntry>();
        var keys = new Dictionary<string, TextPosition>(StringComparer.Ordinal);
        while (_reader.Read() && _reader.TokenType is not JsonTokenType.EndObject)
        {
            var (keyPosition, keyStart) = _lines.At(_reader.TokenStartIndex);
            Count(keyPosition);
            var key = ReadScalar(keyPosition, keyStart);
            if (!keys.TryAdd(key.Text, key.Position))
            {
                throw new ManifestException($"the key '{key.Text}' stands twice in one object; the first is at {keys[key.Text]}.", key.Position);
            }

            _reader.Read();
            entries.Add(new ManifestEntry(key, ReadValue()));
        }

        return new ManifestMap(position, start, End(), entries);
    }

    private ManifestList ReadList(TextPosition position, int start)
    {
        var items = new List<ManifestNode>();
        while (_reader.Read() && _reader.TokenType is not JsonTokenType.EndArray)
        {
            items.Add(ReadValue());
        }

        return new ManifestList(position, start, End(), items);
    }

    private readonly ManifestScalar ReadScalar(TextPosition position, int start)
    {
        switch (_reader.TokenType)
        {
            case JsonTokenType.String or JsonTokenType.PropertyName:
                var text = _reader.GetString()!;
                return new ManifestScalar(position, start, End(), text, ScalarType.Text, JsonValue.Create(text));
            case JsonTokenType.True or JsonTokenType.False:
                var truth = _reader.GetBoolean();
                return new ManifestScalar(position, start, End(), truth ? "true" : "false", ScalarType.Boolean, JsonValue.Create(truth));
            case JsonTokenType.Null:
                return new ManifestScalar(position, start, End(), "null", ScalarType.Null, Value: null);
            default:
                // JSON and YAML write numbers alike where it matters here; one rule says which are exact.
                var number = Encoding.UTF8.GetString(_reader.ValueSpan);
                var (type, value) = PlainScalar.Resolve(number, position);
                return new ManifestScalar(position, start, End(), number, type, value);
        }
    }

    private readonly int End() => _lines.At(_reader.BytesConsumed).Index;

    private void Count(TextPosition position)
    {
        if (++_nodes > ManifestLimits.Nodes)
        {
            throw new ManifestException(string.Create(CultureInfo.InvariantCulture, $"more than {ManifestLimits.Nodes} values."), position);
        }
    }
}
