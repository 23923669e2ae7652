using System.Text.Json.Nodes;

namespace InfraGate.McpServer.Planning.Manifests;

/// <summary>A part of a manifest that knows where it stands in the text.</summary>
/// <param name="Position">Where it starts, for people.</param>
/// <param name="Start">Where it starts, in UTF-16 units.</param>
/// <param name="End">Where it ends, in UTF-16 units.</param>
internal abstract record ManifestNode(TextPosition Position, int Start, int End)
{
    /// <summary>How many nodes it holds, itself included.</summary>
    public abstract int Count { get; }

    /// <summary>What an error calls it.</summary>
    public abstract string Describe();

    public abstract JsonNode? ToJson();
}

/// <summary>A map, its entries in the order of the text; no key stands twice.</summary>
internal sealed record ManifestMap(TextPosition Position, int Start, int End, IReadOnlyList<ManifestEntry> Entries) : ManifestNode(Position, Start, End)
{
    public override int Count { get; } = 1 + Entries.Sum(entry => 1 + entry.Value.Count);

    public ManifestNode? this[string key] => Find(key)?.Value;

    public ManifestEntry? Find(string key)
    {
        foreach (var entry in Entries)
        {
            if (entry.Key.Text == key)
            {
                return entry;
            }
        }

        return null;
    }

    public override string Describe() => "a map";

    public override JsonNode ToJson()
    {
        var result = new JsonObject();
        foreach (var entry in Entries)
        {
            result.Add(entry.Key.Text, entry.Value.ToJson());
        }

        return result;
    }
}

/// <summary>A key of a map and what stands under it.</summary>
internal sealed record ManifestEntry(ManifestScalar Key, ManifestNode Value);

/// <summary>A list.</summary>
internal sealed record ManifestList(TextPosition Position, int Start, int End, IReadOnlyList<ManifestNode> Items) : ManifestNode(Position, Start, End)
{
    public override int Count { get; } = 1 + Items.Sum(item => item.Count);

    public override string Describe() => "a list";

    public override JsonNode ToJson() => new JsonArray([.. Items.Select(item => item.ToJson())]);
}

/// <summary>What a scalar is once resolved.</summary>
internal enum ScalarType
{
    Text,
    Number,
    Boolean,
    Null,
}

/// <summary>A scalar: its text, and the value that it stands for.</summary>
internal sealed record ManifestScalar(TextPosition Position, int Start, int End, string Text, ScalarType Type, JsonValue? Value)
    : ManifestNode(Position, Start, End)
{
    public override int Count => 1;

    public override string Describe() => Type switch
    {
        ScalarType.Number => $"the number {Text}",
        ScalarType.Boolean => $"the boolean {Text}",
        ScalarType.Null => "nothing",
        _ => "text",
    };

    public override JsonNode? ToJson() => Value?.DeepClone();
}
