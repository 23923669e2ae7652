using System.Text.RegularExpressions;

namespace InfraGate.McpServer.Planning.Manifests;

/// <summary>
/// Finds the place in a manifest that a field path of the API server means, such as <c>.spec.template.spec.containers[name="web"].imagePolicy</c>.
/// </summary>
internal static partial class ManifestLocator
{
    /// <summary>The place of the deepest part of the path that the manifest has; the object's own place when it has none.</summary>
    public static TextPosition Locate(ManifestMap root, string path)
    {
        var (position, node) = (root.Position, (ManifestNode)root);
        foreach (Match step in Step().Matches(path))
        {
            var next = Follow(node, step);
            if (next is not { } found)
            {
                break;
            }

            (position, node) = found;
        }

        return position;
    }

    private static (TextPosition Position, ManifestNode Node)? Follow(ManifestNode node, Match step)
    {
        if (node is ManifestMap map)
        {
            var key = step.Groups["field"].Success ? step.Groups["field"].Value : step.Groups["quoted"].Value;
            return map.Find(key) is { } entry ? (entry.Key.Position, entry.Value) : null;
        }

        if (node is not ManifestList list)
        {
            return null;
        }

        if (int.TryParse(step.Groups["index"].Value, out var index))
        {
            return index < list.Items.Count ? (list.Items[index].Position, list.Items[index]) : null;
        }

        var pairs = step.Groups["key"].Captures.Zip(step.Groups["value"].Captures, (key, value) => (Key: key.Value, Value: value.Value.Trim('"'))).ToArray();
        var item = list.Items.OfType<ManifestMap>().FirstOrDefault(candidate =>
            pairs.Length > 0 && Array.TrueForAll(pairs, pair => candidate[pair.Key] is null || (candidate[pair.Key] as ManifestScalar)?.Text == pair.Value)
            && Array.Exists(pairs, pair => candidate[pair.Key] is not null));
        return item is null ? null : (item.Position, item);
    }

    [GeneratedRegex("""\.?(?<field>[A-Za-z_][A-Za-z0-9_-]*)|\[(?<index>[0-9]+)\]|\["(?<quoted>[^"]*)"\]|\[(?:(?<key>[A-Za-z]+)=(?<value>"[^"]*"|[^,\]]*),?)+\]""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Step();
}
