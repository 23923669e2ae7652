using System.Text.Json.Nodes;
using InfraGate.Sandbox.Apply;
using InfraGate.Sandbox.Json;
using InfraGate.Sandbox.Resources;
using InfraGate.Sandbox.Storage;
using InfraGate.Sandbox.Strategies;

namespace InfraGate.Sandbox.Registry;

/// <summary>The controllers' way to write: no admission, but generation and field ownership as for everyone.</summary>
internal sealed class SystemWriter(ObjectStore store, ResourceCatalog catalog, StrategyCatalog strategies, FieldManager fieldManager)
{
    /// <summary>
    /// Changes an object until the compare-and-swap holds; null when it is gone, the present object when nothing changes.
    /// A null <paramref name="manager"/> records no owner; a <paramref name="status"/> write makes no new generation.
    /// </summary>
    public StoredObject? Change(ObjectKey key, string? manager, Action<JsonObject> change, bool status = false)
    {
        while (store.Find(key) is { } existing)
        {
            var before = existing.Parse();
            var after = existing.Parse();
            change(after);
            after = JsonText.Object(JsonText.Bytes(after));
            if (JsonNode.DeepEquals(before, after))
            {
                return existing;
            }

            if (!status && strategies.For(key.Type).IsNewGeneration(after, before))
            {
                after["metadata"]!["generation"] = (before.Integer("metadata", "generation") ?? 0) + 1;
            }

            if (manager is not null)
            {
                fieldManager.RecordUpdate(before, after, key.Type.Schema, Identity(key.Type, manager, status));
            }

            if (store.TryReplace(existing, after) is { } stored)
            {
                return stored;
            }
        }

        return null;
    }

    /// <summary>Removes an object if it is still there.</summary>
    public void Remove(ObjectKey key)
    {
        while (store.Find(key) is { } existing)
        {
            if (store.TryRemove(existing))
            {
                strategies.For(key.Type).Released(existing.Parse());
                return;
            }
        }
    }

    private ManagedFieldsEntry Identity(ResourceType type, string manager, bool status) => new()
    {
        Manager = manager,
        Operation = ManagedFieldsEntry.Update,
        ApiVersion = catalog.Preferred(type).ApiVersion,
        Subresource = status && catalog.Minor >= 22 ? "status" : null,
        Fields = new FieldSet(),
    };
}
