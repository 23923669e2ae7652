using System.Text.Json.Nodes;
using InfraGate.Sandbox.Json;
using InfraGate.Sandbox.Schema;

namespace InfraGate.Sandbox.Apply;

/// <summary>Names the items of sets and associative lists, so that they can be owned and merged one by one.</summary>
internal static class ListItems
{
    /// <summary>The items with their path elements, in order; throws <see cref="TypedValueException"/> for a missing key or a duplicate.</summary>
    public static List<KeyValuePair<string, JsonNode?>> Named(JsonArray list, ListType type, string path)
    {
        var seen = new HashSet<string>();
        var result = new List<KeyValuePair<string, JsonNode?>>(list.Count);
        for (var index = 0; index < list.Count; index++)
        {
            var element = Name(list[index], type, path, index);
            if (!seen.Add(element))
            {
                throw new TypedValueException($"{path}: duplicate entries for key {element[2..]}");
            }

            result.Add(new(element, list[index]));
        }

        return result;
    }

    private static string Name(JsonNode? item, ListType type, string path, int index)
    {
        if (type.Kind == ListKind.Set)
        {
            return "v:" + JsonText.Text(item);
        }

        if (item is not JsonObject map)
        {
            throw new TypedValueException($"{path}: element {index}: associative list with keys may not have non-map elements");
        }

        var keys = new JsonObject();
        foreach (var key in type.Keys.Order(StringComparer.Ordinal))
        {
            if (map[key] is { } value)
            {
                keys[key] = value.DeepClone();
            }
            else if (key == "protocol")
            {
                // The schema's default for this key; clients routinely leave it out.
                keys[key] = "TCP";
            }
            else
            {
                throw new TypedValueException(
                    $"{path}: element {index}: associative list with keys has an element that omits key field \"{key}\"");
            }
        }

        return "k:" + JsonText.Text(keys);
    }
}
