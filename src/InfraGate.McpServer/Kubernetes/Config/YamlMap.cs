using YamlDotNet.RepresentationModel;

namespace InfraGate.McpServer.Kubernetes.Config;

/// <summary>Reads scalars, maps and lists of a YAML mapping by name; what is absent or of another shape is null or empty.</summary>
internal sealed class YamlMap(YamlMappingNode node)
{
    public string? Text(string name) =>
        Child(name) is YamlScalarNode { Value.Length: > 0 } scalar && !IsPlainNull(scalar) ? scalar.Value : null;

    public bool Flag(string name) => string.Equals(Text(name), "true", StringComparison.OrdinalIgnoreCase);

    public YamlMap? Map(string name) => Child(name) is YamlMappingNode map ? new YamlMap(map) : null;

    public IEnumerable<YamlMap> Maps(string name) =>
        Child(name) is YamlSequenceNode list ? list.Children.OfType<YamlMappingNode>().Select(map => new YamlMap(map)) : [];

    public IReadOnlyList<string> Texts(string name) =>
        Child(name) is YamlSequenceNode list ? [.. list.Children.OfType<YamlScalarNode>().Select(scalar => scalar.Value ?? "")] : [];

    private YamlNode? Child(string name) => node.Children.TryGetValue(new YamlScalarNode(name), out var child) ? child : null;

    private static bool IsPlainNull(YamlScalarNode scalar) =>
        scalar.Style is YamlDotNet.Core.ScalarStyle.Plain && scalar.Value is "null" or "~";
}
