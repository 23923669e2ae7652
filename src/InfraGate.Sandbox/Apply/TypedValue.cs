using System.Text.Json.Nodes;
using InfraGate.Sandbox.Schema;

namespace InfraGate.Sandbox.Apply;

/// <summary>Structured merge: reads the fields of a value, merges an applied configuration into it, removes fields from it.</summary>
internal static class TypedValue
{
    /// <summary>Every leaf and every list item that <paramref name="value"/> mentions.</summary>
    public static FieldSet Fields(JsonNode? value, TypeSchema type)
    {
        var set = new FieldSet();
        Collect(value, type, set, string.Empty);
        return set;
    }

    /// <summary>
    /// <paramref name="live"/> with everything that <paramref name="applied"/> says; nothing is removed. Lists keep the live order, new items follow.
    /// </summary>
    public static JsonNode? Merge(JsonNode? live, JsonNode? applied, TypeSchema type, string path = "")
    {
        if (applied is null || live is null || IsLeaf(type))
        {
            return (applied ?? live)?.DeepClone();
        }

        return (live, applied) switch
        {
            (JsonObject left, JsonObject right) => MergeMaps(left, right, type, path),
            (JsonArray left, JsonArray right) => MergeLists(left, right, (ListType)type, path),
            _ => applied.DeepClone(),
        };
    }

    /// <summary>
    /// <paramref name="value"/> without the fields in <paramref name="removed"/>. A parent goes with its last field, but not with its last child that was a parent itself:
    /// the API server leaves an empty one there (a probe without its handler), which it then defaults and may refuse.
    /// </summary>
    public static JsonNode? Remove(JsonNode? value, TypeSchema type, FieldSet removed)
    {
        if (value is null || IsLeaf(type) || removed.IsEmpty)
        {
            return value?.DeepClone();
        }

        if (value is JsonObject map)
        {
            return RemoveMembers(map, type, removed);
        }

        return value is JsonArray list ? RemoveItems(list, (ListType)type, removed) : value.DeepClone();
    }

    /// <summary>Whether a value of the type is owned and replaced as a whole.</summary>
    public static bool IsLeaf(TypeSchema type) => type switch
    {
        StructType structure => structure.Atomic,
        MapType => false,
        ListType list => list.Kind == ListKind.Atomic,
        _ => true,
    };

    /// <summary>The type of a member; an undeclared one is untyped.</summary>
    public static TypeSchema TypeOf(TypeSchema type, string name) => type switch
    {
        StructType structure when structure.Fields.TryGetValue(name, out var field) => field.Type,
        MapType map => map.Element,
        _ => UntypedType.Instance,
    };

    private static void Collect(JsonNode? value, TypeSchema type, FieldSet set, string path)
    {
        if (IsLeaf(type) || value is null)
        {
            set.Insert();
            return;
        }

        if (value is JsonObject map)
        {
            foreach (var (name, child) in map)
            {
                var below = set.Child("f:" + name);
                Collect(child, TypeOf(type, name), below, $"{path}.{name}");
                if (type is MapType)
                {
                    below.Insert();
                }
            }
        }
        else if (value is JsonArray list && type is ListType listType)
        {
            foreach (var (element, item) in ListItems.Named(list, listType, path))
            {
                var below = set.Child(element);
                Collect(item, listType.Element, below, path);
                below.Insert();
            }
        }
    }

    private static JsonObject MergeMaps(JsonObject live, JsonObject applied, TypeSchema type, string path)
    {
        var result = new JsonObject();
        foreach (var (name, child) in live)
        {
            result[name] = applied.ContainsKey(name)
                ? Merge(child, applied[name], TypeOf(type, name), $"{path}.{name}")
                : child?.DeepClone();
        }

        foreach (var (name, child) in applied)
        {
            if (!live.ContainsKey(name))
            {
                result[name] = child?.DeepClone();
            }
        }

        return result;
    }

    private static JsonArray MergeLists(JsonArray live, JsonArray applied, ListType type, string path)
    {
        var right = ListItems.Named(applied, type, path);
        var byName = right.ToDictionary(pair => pair.Key, pair => pair.Value);
        var seen = new HashSet<string>();
        var result = new JsonArray();
        foreach (var (element, item) in ListItems.Named(live, type, path))
        {
            seen.Add(element);
            result.Add(byName.TryGetValue(element, out var other) ? Merge(item, other, type.Element, path) : item?.DeepClone());
        }

        foreach (var (element, item) in right.Where(pair => !seen.Contains(pair.Key)))
        {
            result.Add(item?.DeepClone());
        }

        return result;
    }

    private static JsonObject? RemoveMembers(JsonObject map, TypeSchema type, FieldSet removed)
    {
        var kept = new JsonObject();
        var emptied = false;
        foreach (var (name, child) in map)
        {
            var below = removed.Find("f:" + name);
            if (below is null || below.IsEmpty)
            {
                kept[name] = child?.DeepClone();
            }
            else if (!below.IsMember)
            {
                var rest = Remove(child, TypeOf(type, name), below);
                emptied |= rest is null;
                if (rest is not null)
                {
                    kept[name] = rest;
                }
            }
        }

        return kept.Count > 0 || emptied ? kept : null;
    }

    private static JsonArray? RemoveItems(JsonArray list, ListType type, FieldSet removed)
    {
        var kept = new JsonArray();
        foreach (var (element, item) in ListItems.Named(list, type, string.Empty))
        {
            var below = removed.Find(element);
            if (below is not { IsMember: true })
            {
                kept.Add(below is null ? item?.DeepClone() : Remove(item, type.Element, below));
            }
        }

        return kept.Count > 0 ? kept : null;
    }
}
