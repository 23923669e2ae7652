using InfraGate.McpServer.Planning.Objects;

namespace InfraGate.McpServer.Planning.Manifests;

/// <summary>
/// Says early and with its place what the API server would say late and without: values that must be text, such as labels and environment variables,
/// where an unquoted <c>true</c> or <c>8080</c> is a boolean or a number.
/// </summary>
internal static class TextRules
{
    private static readonly string[] ContainerLists = ["containers", "initContainers"];

    public static void Check(ObjectKind kind, ManifestMap root)
    {
        CheckMetadata(root, "metadata");
        var spec = root["spec"] as ManifestMap;
        if (kind == ObjectKind.ConfigMap)
        {
            TextMap(root, "data", "data");
            TextMap(root, "binaryData", "binaryData");
        }
        else if (kind == ObjectKind.Service)
        {
            TextMap(spec, "selector", "spec.selector");
        }
        else
        {
            TextMap(spec?["selector"] as ManifestMap, "matchLabels", "spec.selector.matchLabels");
            CheckTemplate(spec?["template"] as ManifestMap);
        }
    }

    private static void CheckTemplate(ManifestMap? template)
    {
        CheckMetadata(template, "spec.template.metadata");
        var pod = template?["spec"] as ManifestMap;
        TextMap(pod, "nodeSelector", "spec.template.spec.nodeSelector");
        foreach (var list in ContainerLists)
        {
            foreach (var container in Maps(pod?[list]))
            {
                Text(container, "image", "image");
                TextList(container, "command");
                TextList(container, "args");
                foreach (var variable in Maps(container["env"]))
                {
                    Text(variable, "name", "the name of an environment variable");
                    Text(variable, "value", $"the value of the environment variable {(variable["name"] as ManifestScalar)?.Text}");
                }
            }
        }
    }

    private static void CheckMetadata(ManifestMap? parent, string path)
    {
        var metadata = parent?["metadata"] as ManifestMap;
        TextMap(metadata, "labels", $"{path}.labels");
        TextMap(metadata, "annotations", $"{path}.annotations");
    }

    private static void TextMap(ManifestMap? parent, string key, string path)
    {
        switch (parent?[key])
        {
            case ManifestMap map:
                foreach (var entry in map.Entries)
                {
                    RequireText(entry.Value, $"{path}: '{entry.Key.Text}'");
                }

                return;
            case null or ManifestScalar { Type: ScalarType.Null }:
                return;
            case var other:
                throw new ManifestException($"{path} must be a map of texts, not {other.Describe()}.", other.Position);
        }
    }

    private static void TextList(ManifestMap container, string key)
    {
        foreach (var item in (container[key] as ManifestList)?.Items ?? [])
        {
            RequireText(item, $"an item of {key}");
        }
    }

    private static void Text(ManifestMap map, string key, string what)
    {
        if (map[key] is { } value and not ManifestScalar { Type: ScalarType.Null })
        {
            RequireText(value, what);
        }
    }

    private static void RequireText(ManifestNode value, string what)
    {
        if (value is not ManifestScalar { Type: ScalarType.Text })
        {
            var cure = value is ManifestScalar { Type: not ScalarType.Null } scalar ? $" Quote it: \"{scalar.Text}\"." : "";
            throw new ManifestException($"{what} must be text, not {value.Describe()}.{cure}", value.Position);
        }
    }

    private static IEnumerable<ManifestMap> Maps(ManifestNode? list) => (list as ManifestList)?.Items.OfType<ManifestMap>() ?? [];
}
