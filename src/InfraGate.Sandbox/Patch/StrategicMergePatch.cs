using System.Text.Json.Nodes;
using InfraGate.Sandbox.Api;
using InfraGate.Sandbox.Json;
using InfraGate.Sandbox.Schema;

namespace InfraGate.Sandbox.Patch;

/// <summary>
/// Strategic merge patch: like a JSON merge patch, but lists of objects merge by the key that the schema names, and directives
/// (<c>$patch</c>, <c>$retainKeys</c>, <c>$setElementOrder/…</c>, <c>$deleteFromPrimitiveList/…</c>) say what a merge cannot.
/// </summary>
internal static class StrategicMergePatch
{
    private const string Directive = "$patch";
    private const string RetainKeys = "$retainKeys";
    private const string ElementOrder = "$setElementOrder/";
    private const string DeleteFromList = "$deleteFromPrimitiveList/";

    /// <summary>A new object: <paramref name="target"/> with the patch merged in.</summary>
    public static JsonObject Apply(JsonObject target, JsonObject patch, TypeSchema type)
    {
        switch (patch.Text(Directive))
        {
            case "replace":
                return Without(patch, Directive);
            case "delete":
                return [];
            case null or "merge":
                break;
            case var other:
                throw KubernetesError.BadRequest($"unknown patch type \"{other}\" in map");
        }

        var result = (JsonObject)target.DeepClone();
        Retain(result, patch);
        foreach (var (name, value) in patch)
        {
            if (name.StartsWith(DeleteFromList, StringComparison.Ordinal))
            {
                DeletePrimitives(result, name[DeleteFromList.Length..], value as JsonArray);
            }
            else if (!name.StartsWith('$'))
            {
                Merge(result, name, value, type, target[name] as JsonArray);
            }
        }

        foreach (var (name, value) in patch.Where(pair => pair.Key.StartsWith(ElementOrder, StringComparison.Ordinal)))
        {
            var list = name[ElementOrder.Length..];
            var key = (type as StructType)?.Fields.GetValueOrDefault(list)?.PatchKey;
            Arrange(result, list, key, [.. (value as JsonArray ?? []).Select(item => Identity(item, key))], target[list] as JsonArray);
        }

        return result;
    }

    private static void Merge(JsonObject result, string name, JsonNode? value, TypeSchema type, JsonArray? original)
    {
        var field = (type as StructType)?.Fields.GetValueOrDefault(name);
        var child = field?.Type ?? (type as MapType)?.Element ?? UntypedType.Instance;
        switch (value)
        {
            case null:
                result.Remove(name);
                break;
            case JsonObject changes:
                result[name] = Apply(result[name] as JsonObject ?? [], changes, child);
                break;
            case JsonArray items when child is ListType { Kind: ListKind.Set } && result[name] is JsonArray existing:
                Append(existing, items);
                break;
            case JsonArray items when field?.PatchKey is { } key && child is ListType list:
                result[name] = MergeList(result[name] as JsonArray ?? [], items, key, list.Element);
                Arrange(result, name, key, [.. items.Select(item => Identity(item, key))], original);
                break;
            default:
                result[name] = value.DeepClone();
                break;
        }
    }

    private static JsonArray MergeList(JsonArray existing, JsonArray changes, string key, TypeSchema element)
    {
        var items = changes.OfType<JsonObject>().ToList();
        var replacing = items.Any(item => item.Text(Directive) == "replace" && !item.ContainsKey(key));
        var result = replacing ? [] : (JsonArray)existing.DeepClone();
        foreach (var item in items.Where(item => !(item.Text(Directive) == "replace" && !item.ContainsKey(key))))
        {
            var identity = item[key] ?? throw KubernetesError.BadRequest($"map: {JsonText.Text(item)} does not contain declared merge key: {key}");
            var index = result.ToList().FindIndex(candidate => JsonNode.DeepEquals((candidate as JsonObject)?[key], identity));
            if (item.Text(Directive) == "delete")
            {
                for (; index >= 0; index = result.ToList().FindIndex(candidate => JsonNode.DeepEquals((candidate as JsonObject)?[key], identity)))
                {
                    result.RemoveAt(index);
                }
            }
            else if (index < 0)
            {
                result.Add(Apply([], Without(item, Directive), element));
            }
            else
            {
                result[index] = Apply((JsonObject)result[index]!, item, element);
            }
        }

        return result;
    }

    private static void Retain(JsonObject result, JsonObject patch)
    {
        if (patch.List(RetainKeys) is not { } retained)
        {
            return;
        }

        var names = retained.Select(name => name.Text()).ToHashSet();
        foreach (var name in result.Select(pair => pair.Key).Where(name => !names.Contains(name)).ToList())
        {
            result.Remove(name);
        }
    }

    private static void DeletePrimitives(JsonObject result, string name, JsonArray? removed)
    {
        if (result[name] is JsonArray list && removed is not null)
        {
            foreach (var item in list.Where(item => removed.Any(gone => JsonNode.DeepEquals(gone, item))).ToList())
            {
                list.Remove(item);
            }
        }
    }

    private static string Identity(JsonNode? item, string? key) => JsonText.Text(key is null ? item : (item as JsonObject)?[key]);

    /// <summary>
    /// Puts a merged list in order: the items that the patch names in its order, the others in that of the original, and one of the former
    /// behind one of the latter only when the original had them so.
    /// </summary>
    private static void Arrange(JsonObject result, string name, string? key, List<string> named, JsonArray? original)
    {
        if (result[name] is not JsonArray list)
        {
            return;
        }

        var before = (original ?? []).Select(item => Identity(item, key)).ToList();
        var left = new Queue<JsonNode?>(list.Where(item => named.Contains(Identity(item, key))).OrderBy(item => named.IndexOf(Identity(item, key))));
        var right = new Queue<JsonNode?>(list.Where(item => !named.Contains(Identity(item, key))));
        var sorted = new JsonArray();
        while (left.Count + right.Count > 0)
        {
            var takeRight = left.Count == 0 || (right.Count > 0 && Precedes(right.Peek(), left.Peek()));
            sorted.Add((takeRight ? right : left).Dequeue()?.DeepClone());
        }

        result[name] = sorted;

        bool Precedes(JsonNode? one, JsonNode? other)
        {
            var (first, second) = (before.IndexOf(Identity(one, key)), before.IndexOf(Identity(other, key)));
            return first >= 0 && second >= 0 && first < second;
        }
    }

    private static void Append(JsonArray existing, JsonArray items)
    {
        foreach (var item in items.Where(item => !existing.Any(present => JsonNode.DeepEquals(present, item))).ToList())
        {
            existing.Add(item?.DeepClone());
        }
    }

    private static JsonObject Without(JsonObject map, string name)
    {
        var copy = (JsonObject)map.DeepClone();
        copy.Remove(name);
        return copy;
    }
}
