using System.Text.Json.Nodes;
using InfraGate.Sandbox.Schema;
using InfraGate.Sandbox.Storage;

namespace InfraGate.Sandbox.Resources;

/// <summary>A resource as one group and version serves it.</summary>
internal sealed class ServedResource
{
    public required ResourceType Type { get; init; }

    /// <summary>The group it is served in, which for Events need not be the one they are stored in.</summary>
    public required string Group { get; init; }

    public required string Version { get; init; }

    /// <summary>The shape of the served objects.</summary>
    public required StructType Schema { get; init; }

    /// <summary>Converts to and from the stored shape; null when they are the same.</summary>
    public IVersionConverter? Converter { get; init; }

    /// <summary>Maps field labels that clients write to the ones of <see cref="ResourceType.SelectableFields"/>; null means unsupported.</summary>
    public Func<string, string?>? FieldLabels { get; init; }

    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    /// <summary><c>deployments.apps</c>, as messages name it.</summary>
    public string Qualified => Group.Length == 0 ? Type.Plural : $"{Type.Plural}.{Group}";

    /// <summary><c>Deployment.apps</c>, as messages about an invalid object name it.</summary>
    public string QualifiedKind => Group.Length == 0 ? Type.Kind : $"{Type.Kind}.{Group}";

    /// <summary>The object as this version shows it, in UTF-8.</summary>
    public byte[] Bytes(StoredObject stored) => Converter is null ? stored.Json : stored.Converted(ApiVersion, value => Converter.ToVersion(value, Version));

    /// <summary>The object as it stands in a list, which says kind and version once for all.</summary>
    public byte[] ItemBytes(StoredObject stored) => stored.Converted(ApiVersion + "#item", value =>
    {
        var item = FromStored(value);
        item.Remove("kind");
        item.Remove("apiVersion");
        return item;
    });

    /// <summary>A new object in this version's shape.</summary>
    public JsonObject FromStored(JsonObject stored) => Converter is null ? stored : Converter.ToVersion(stored, Version);

    /// <summary>A new object in the stored shape.</summary>
    public JsonObject ToStored(JsonObject served) => Converter is null ? served : Converter.ToStored(served, Version);

    /// <summary>The selectable field that a client's label means, or null when the resource cannot be selected by it.</summary>
    public string? FieldLabel(string label)
    {
        if (label == "metadata.name" || (label == "metadata.namespace" && Type.Namespaced))
        {
            return label;
        }

        var mapped = FieldLabels is null ? label : FieldLabels(label);
        return mapped is not null && Type.SelectableFields.ContainsKey(mapped) ? mapped : null;
    }
}
