using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Text.Json.Nodes;
using InfraGate.Sandbox.Json;
using InfraGate.Sandbox.Resources;

namespace InfraGate.Sandbox.Storage;

/// <summary>
/// One revision of an object, immutable: its JSON in UTF-8 and what lists filter by. Readers share it without locks;
/// whoever wants to change something parses a copy.
/// </summary>
internal sealed class StoredObject
{
    private readonly ConcurrentDictionary<string, byte[]> _converted = [];

    public StoredObject(ResourceType type, JsonObject value, long revision)
    {
        var metadata = value.Object("metadata")!;
        Key = new ObjectKey(type, metadata.Text("namespace") ?? string.Empty, metadata.Text("name")!);
        Uid = metadata.Text("uid") ?? string.Empty;
        Revision = revision;
        Labels = metadata.Map("labels").ToFrozenDictionary();
        Fields = type.SelectableFields.ToDictionary(field => field.Key, field => field.Value(value));
        Fields["metadata.name"] = Key.Name;
        Fields["metadata.namespace"] = Key.Namespace;
        Owners = [.. metadata.Items("ownerReferences").Select(owner => owner.Text("uid") ?? string.Empty)];
        Terminating = metadata.Text("deletionTimestamp") is not null;
        Json = JsonText.Bytes(value);
    }

    public ObjectKey Key { get; }

    public string Uid { get; }

    /// <summary>The cluster-wide number of the write that made it; <c>metadata.resourceVersion</c>.</summary>
    public long Revision { get; }

    public FrozenDictionary<string, string> Labels { get; }

    /// <summary>Values that field selectors look at, by label.</summary>
    public Dictionary<string, string> Fields { get; }

    /// <summary>The uids of its owners.</summary>
    public IReadOnlyList<string> Owners { get; }

    /// <summary>Whether its deletion has begun.</summary>
    public bool Terminating { get; }

    /// <summary>The object in the stored shape, UTF-8.</summary>
    public byte[] Json { get; }

    /// <summary>A copy that may be changed.</summary>
    public JsonObject Parse() => JsonText.Object(Json);

    /// <summary>The object in another version's shape, converted once.</summary>
    public byte[] Converted(string apiVersion, Func<JsonObject, JsonObject> convert) =>
        _converted.GetOrAdd(apiVersion, _ => JsonText.Bytes(convert(Parse())));
}
