using System.Text.Json.Nodes;
using InfraGate.Sandbox.Json;

namespace InfraGate.Sandbox.Apply;

/// <summary>The owners of an object's fields, as <c>metadata.managedFields</c> lists them.</summary>
internal sealed class ManagedFields
{
    private readonly List<ManagedFieldsEntry> _entries;

    private ManagedFields(List<ManagedFieldsEntry> entries) => _entries = entries;

    public IReadOnlyList<ManagedFieldsEntry> Entries => _entries;

    public static ManagedFields Read(JsonObject value) => new([.. value.Items("metadata", "managedFields").Select(entry => new ManagedFieldsEntry
    {
        Manager = entry.Text("manager") ?? "unknown",
        Operation = entry.Text("operation") ?? ManagedFieldsEntry.Update,
        ApiVersion = entry.Text("apiVersion") ?? string.Empty,
        Subresource = entry.Text("subresource"),
        Time = entry.Text("time"),
        Fields = FieldSet.Parse(entry.Object("fieldsV1")),
    })]);

    /// <summary>The entry of that identity, or null.</summary>
    public ManagedFieldsEntry? Find(ManagedFieldsEntry identity) => _entries.Find(entry => entry.SameManager(identity));

    /// <summary>Adds or replaces the entry of the same identity.</summary>
    public void Set(ManagedFieldsEntry entry)
    {
        _entries.RemoveAll(existing => existing.SameManager(entry));
        if (!entry.Fields.IsEmpty)
        {
            _entries.Add(entry);
        }
    }

    /// <summary>Takes fields from everyone but <paramref name="except"/>.</summary>
    public void Take(FieldSet fields, ManagedFieldsEntry except)
    {
        foreach (var entry in _entries.Where(entry => !entry.SameManager(except)))
        {
            entry.Fields = entry.Fields.Difference(fields);
        }

        _entries.RemoveAll(entry => entry.Fields.IsEmpty);
    }

    /// <summary>Everything that anyone owns.</summary>
    public FieldSet Union() => _entries.Aggregate(new FieldSet(), (all, entry) => all.Union(entry.Fields));

    public void Write(JsonObject value)
    {
        var metadata = value.Ensure("metadata");
        if (_entries.Count == 0)
        {
            metadata.Remove("managedFields");
            return;
        }

        metadata["managedFields"] = new JsonArray([.. _entries
            .OrderBy(entry => entry.Operation, StringComparer.Ordinal)
            .ThenBy(entry => entry.Time, StringComparer.Ordinal)
            .ThenBy(entry => entry.Manager, StringComparer.Ordinal)
            .Select(entry => entry.ToJson())]);
    }
}
