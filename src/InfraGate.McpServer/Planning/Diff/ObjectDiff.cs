using System.Text.Json.Nodes;
using InfraGate.McpServer.Planning.Objects;
using InfraGate.Plans;
using InfraGate.Plans.Sealing;

namespace InfraGate.McpServer.Planning.Diff;

/// <summary>One leaf that differs, with the exact values; not yet fit to be shown.</summary>
/// <param name="Path">As <see cref="FieldPath"/> writes it.</param>
/// <param name="Before">The old value; null when added.</param>
/// <param name="After">The new value; null when removed.</param>
internal sealed record LeafChange(string Path, JsonNode? Before, JsonNode? After)
{
    public FieldChangeKind Kind => Before is null ? FieldChangeKind.Added : After is null ? FieldChangeKind.Removed : FieldChangeKind.Changed;
}

/// <summary>
/// Compares two objects field by field. Complete: where nothing is reported, the objects are equal (null equals absent). Items of keyed lists are matched by their key, and a new
/// order of theirs is a change of its own, for the order of environment variables and of containers has a meaning.
/// </summary>
internal sealed class ObjectDiff
{
    private readonly List<LeafChange> _changes = [];

    private ObjectDiff()
    {
    }

    /// <summary>The leaves that differ, ordered by path; null stands for an object that does not exist.</summary>
    public static IReadOnlyList<LeafChange> Compare(JsonObject? before, JsonObject? after)
    {
        var diff = new ObjectDiff();
        diff.Visit("", "", before, after);
        diff._changes.Sort(static (left, right) => string.CompareOrdinal(left.Path, right.Path));
        return diff._changes;
    }

    private void Visit(string path, string field, JsonNode? before, JsonNode? after)
    {
        switch (before, after)
        {
            case (null, null):
                return;
            case (JsonObject or null, JsonObject or null) when HasMembers(before) || HasMembers(after):
                VisitObjects(path, before as JsonObject, after as JsonObject);
                return;
            case (JsonArray or null, JsonArray or null) when HasMembers(before) || HasMembers(after):
                VisitLists(path, field, before as JsonArray ?? [], after as JsonArray ?? []);
                return;
            default:
                if (!Same(before, after))
                {
                    _changes.Add(new LeafChange(path, before, after));
                }

                return;
        }
    }

    private void VisitObjects(string path, JsonObject? before, JsonObject? after)
    {
        foreach (var (key, value) in before ?? [])
        {
            Visit(FieldPath.Field(path, key), key, value, after?[key]);
        }

        foreach (var (key, value) in after ?? [])
        {
            if (before?.ContainsKey(key) is not true)
            {
                Visit(FieldPath.Field(path, key), key, before: null, value);
            }
        }
    }

    private void VisitLists(string path, string field, JsonArray before, JsonArray after)
    {
        if (ListKeys.Read(field, before) is { } keyedBefore && ListKeys.Read(field, after) is { } keyedAfter)
        {
            VisitKeyed(path, keyedBefore, keyedAfter);
            return;
        }

        for (var i = 0; i < Math.Max(before.Count, after.Count); i++)
        {
            Visit(FieldPath.Item(path, i), field: "", i < before.Count ? before[i] : null, i < after.Count ? after[i] : null);
        }
    }

    private void VisitKeyed(string path, IReadOnlyList<(string Key, JsonObject Item)> before, IReadOnlyList<(string Key, JsonObject Item)> after)
    {
        var (old, current) = (before.ToDictionary(item => item.Key, item => item.Item), after.ToDictionary(item => item.Key, item => item.Item));
        foreach (var key in before.Select(item => item.Key).Union(after.Select(item => item.Key), StringComparer.Ordinal))
        {
            Visit(FieldPath.Item(path, key), field: "", old.GetValueOrDefault(key), current.GetValueOrDefault(key));
        }

        var (kept, now) = (before.Select(item => item.Key).Where(current.ContainsKey).ToArray(), after.Select(item => item.Key).Where(old.ContainsKey).ToArray());
        if (!kept.SequenceEqual(now, StringComparer.Ordinal))
        {
            _changes.Add(new LeafChange($"{path}[order]", Names(kept), Names(now)));
        }
    }

    private static JsonArray Names(IEnumerable<string> keys) => new([.. keys.Select(key => (JsonNode)JsonValue.Create(key))]);

    private static bool HasMembers(JsonNode? node) => node is JsonObject { Count: > 0 } or JsonArray { Count: > 0 };

    private static bool Same(JsonNode? left, JsonNode? right) => left is not null && right is not null && (left.Text() is { } text
        ? text == right.Text()
        : right.Text() is null && (left.ToJsonString() == right.ToJsonString() || CanonicalJson.ToText(left) == CanonicalJson.ToText(right)));
}
