using System.Text.Json.Nodes;
using InfraGate.Sandbox.Schema;

namespace InfraGate.Sandbox.Apply;

/// <summary>What differs between two values of one type, field by field.</summary>
internal sealed class TypedComparison
{
    public FieldSet Added { get; } = new();

    public FieldSet Modified { get; } = new();

    public FieldSet Removed { get; } = new();

    public bool IsSame => Added.IsEmpty && Modified.IsEmpty && Removed.IsEmpty;

    public static TypedComparison Of(JsonNode? before, JsonNode? after, TypeSchema type)
    {
        var result = new TypedComparison();
        Visit(new Pair(before, before is not null), new Pair(after, after is not null), type, new Cursor(result.Added, result.Modified, result.Removed));
        return result;
    }

    private static void Visit(Pair before, Pair after, TypeSchema type, Cursor at)
    {
        if (TypedValue.IsLeaf(type) || !Descend(before, after, type, at))
        {
            if (before.Present && after.Present && !JsonNode.DeepEquals(before.Value, after.Value))
            {
                at.Modified().Insert();
            }
        }

        if (!before.Present)
        {
            at.Added().Insert();
        }
        else if (!after.Present)
        {
            at.Removed().Insert();
        }
    }

    private static bool Descend(Pair before, Pair after, TypeSchema type, Cursor at)
    {
        if (type is ListType list)
        {
            var left = before.Value as JsonArray;
            var right = after.Value as JsonArray;
            if (left is not { Count: > 0 } && right is not { Count: > 0 })
            {
                return false;
            }

            VisitItems(left ?? [], right ?? [], list, at);
            return true;
        }

        var from = before.Value as JsonObject;
        var to = after.Value as JsonObject;
        if (from is not { Count: > 0 } && to is not { Count: > 0 })
        {
            return false;
        }

        foreach (var name in (from ?? []).Select(pair => pair.Key).Union((to ?? []).Select(pair => pair.Key)))
        {
            var old = new Pair(from?[name], from?.ContainsKey(name) ?? false);
            var now = new Pair(to?[name], to?.ContainsKey(name) ?? false);
            Visit(old, now, TypedValue.TypeOf(type, name), at.Below("f:" + name));
        }

        return true;
    }

    private static void VisitItems(JsonArray left, JsonArray right, ListType list, Cursor at)
    {
        var from = ListItems.Named(left, list, string.Empty).ToDictionary(pair => pair.Key, pair => pair.Value);
        var to = ListItems.Named(right, list, string.Empty).ToDictionary(pair => pair.Key, pair => pair.Value);
        foreach (var element in from.Keys.Union(to.Keys))
        {
            var old = new Pair(from.GetValueOrDefault(element), from.ContainsKey(element));
            var now = new Pair(to.GetValueOrDefault(element), to.ContainsKey(element));
            Visit(old, now, list.Element, at.Below(element));
        }
    }

    private readonly record struct Pair(JsonNode? Value, bool Present);

    /// <summary>The same place in the three sets; nodes are made only when something is recorded.</summary>
    private sealed class Cursor(Func<FieldSet> added, Func<FieldSet> modified, Func<FieldSet> removed)
    {
        public Cursor(FieldSet added, FieldSet modified, FieldSet removed)
            : this(() => added, () => modified, () => removed)
        {
        }

        public Func<FieldSet> Added { get; } = added;

        public Func<FieldSet> Modified { get; } = modified;

        public Func<FieldSet> Removed { get; } = removed;

        public Cursor Below(string element) => new(
            () => Added().Child(element),
            () => Modified().Child(element),
            () => Removed().Child(element));
    }
}
