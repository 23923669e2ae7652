using System.Collections.Immutable;

namespace InfraGate.Sandbox.Storage;

/// <summary>All objects of a resource as they were at one revision.</summary>
internal sealed record Snapshot(long Revision, ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, StoredObject>> Namespaces)
{
    public static Snapshot Empty { get; } =
        new(0, ImmutableSortedDictionary.Create<string, ImmutableSortedDictionary<string, StoredObject>>(StringComparer.Ordinal));

    /// <summary>The objects of a namespace, or of all, by namespace and name.</summary>
    public IEnumerable<StoredObject> In(string? @namespace)
    {
        if (@namespace is null)
        {
            return Namespaces.Values.SelectMany(objects => objects.Values);
        }

        return Namespaces.TryGetValue(@namespace, out var found) ? found.Values : [];
    }

    public StoredObject? Find(string @namespace, string name) =>
        Namespaces.TryGetValue(@namespace, out var objects) && objects.TryGetValue(name, out var found) ? found : null;

    public Snapshot With(StoredObject added, long revision)
    {
        var objects = Namespaces.GetValueOrDefault(added.Key.Namespace)
            ?? ImmutableSortedDictionary.Create<string, StoredObject>(StringComparer.Ordinal);
        return new Snapshot(revision, Namespaces.SetItem(added.Key.Namespace, objects.SetItem(added.Key.Name, added)));
    }

    public Snapshot Without(ObjectKey key, long revision)
    {
        var objects = Namespaces[key.Namespace].Remove(key.Name);
        return new Snapshot(revision, objects.IsEmpty ? Namespaces.Remove(key.Namespace) : Namespaces.SetItem(key.Namespace, objects));
    }
}
