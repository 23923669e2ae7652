using System.Text.Json;
using InfraGate.Plans.Redaction;

namespace InfraGate.McpGateway.Guardrails;

/// <summary>One reading of a document: strings are numbered in document order and gathered by place; after cleaning, the same walk writes them out again.</summary>
internal sealed class DocumentReading(TextGuard guard, GuardrailFindings findings)
{
    private readonly DocumentPath _root = new("");
    private readonly List<TextColumn> _columns = [];
    private readonly Dictionary<int, string> _replacements = [];
    private int _ordinal;
    private bool _namesChanged;

    /// <summary>Gathers the strings of a document.</summary>
    public void Read(JsonElement document) => Read(document, _root, telling: null);

    /// <summary>Cleans what was gathered; says whether anything has to be written anew.</summary>
    public bool Finish()
    {
        foreach (var column in _columns)
        {
            column.Clean(guard, findings, _replacements);
        }

        return _namesChanged || _replacements.Count > 0;
    }

    /// <summary>Writes the document with what was cleaned in it.</summary>
    public void Write(JsonElement document, Utf8JsonWriter writer)
    {
        _ordinal = 0;
        Write(document, _root, writer);
    }

    private void Read(JsonElement element, DocumentPath path, string? telling)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                ReadObject(element, path);
                break;
            case JsonValueKind.Array:
                ReadArray(element, path, telling);
                break;
            case JsonValueKind.String:
                ReadString(element.GetString()!, path, telling);
                break;
        }
    }

    private void ReadObject(JsonElement element, DocumentPath path)
    {
        // {"name": "DB_PASSWORD", "value": "…"}: the telling name is a value itself.
        var pair = NameOfPair(element);
        foreach (var property in element.EnumerateObject())
        {
            var child = path.Child(property.Name, CleanName);
            Read(property.Value, child, property.NameEquals("value") ? pair ?? child.Name : child.Name);
        }
    }

    private void ReadArray(JsonElement element, DocumentPath path, string? telling)
    {
        // ["--password", "…"]: so is a flag that stands before its value, unless it has one in it, as "-p$(PASSWORD)" has.
        string? flag = null;
        foreach (var item in element.EnumerateArray())
        {
            Read(item, path, flag ?? telling);
            flag = item.ValueKind == JsonValueKind.String && item.GetString() is ['-', _, ..] word && !word.AsSpan().ContainsAny('=', '$') ? word : null;
        }
    }

    private void ReadString(string value, DocumentPath path, string? telling)
    {
        var ordinal = _ordinal++;
        if (telling is not null && guard.Credentials.KindOf(telling, value) is { } kind)
        {
            findings.Add(kind);
            _replacements[ordinal] = kind.Placeholder();
            return;
        }

        var known = path.Column;
        var column = path.Add(ordinal, value);
        if (known is null)
        {
            _columns.Add(column);
        }
    }

    private static string? NameOfPair(JsonElement element)
    {
        if (!element.TryGetProperty("value", out var value) || value.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        return element.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String ? name.GetString()
            : element.TryGetProperty("key", out var key) && key.ValueKind == JsonValueKind.String ? key.GetString()
            : null;
    }

    private string CleanName(string name)
    {
        var clean = guard.CleanName(name, findings);
        _namesChanged |= !ReferenceEquals(clean, name);
        return clean;
    }

    private void Write(JsonElement element, DocumentPath path, Utf8JsonWriter writer)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(element, path, writer);
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                {
                    Write(item, path, writer);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                WriteString(element, writer);
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }

    private void WriteObject(JsonElement element, DocumentPath path, Utf8JsonWriter writer)
    {
        var written = new HashSet<string>(StringComparer.Ordinal);
        writer.WriteStartObject();
        foreach (var property in element.EnumerateObject())
        {
            var child = path.Child(property.Name, CleanName);
            var name = child.Name;
            for (var number = 2; !written.Add(name); number++)
            {
                name = $"{child.Name}#{number}";
            }

            writer.WritePropertyName(name);
            Write(property.Value, child, writer);
        }

        writer.WriteEndObject();
    }

    private void WriteString(JsonElement element, Utf8JsonWriter writer)
    {
        if (_replacements.TryGetValue(_ordinal++, out var replacement))
        {
            writer.WriteStringValue(replacement);
        }
        else
        {
            element.WriteTo(writer);
        }
    }
}
