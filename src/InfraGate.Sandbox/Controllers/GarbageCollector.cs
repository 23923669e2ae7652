using System.Text.Json.Nodes;
using InfraGate.Sandbox.Api;
using InfraGate.Sandbox.Json;
using InfraGate.Sandbox.Registry;
using InfraGate.Sandbox.Resources;
using InfraGate.Sandbox.Storage;

namespace InfraGate.Sandbox.Controllers;

/// <summary>Deletes what has lost its owners, and finishes foreground and orphaning deletions.</summary>
internal sealed class GarbageCollector(ObjectStore store, ResourceCatalog catalog, SystemWriter writer, ObjectDeleter deleter) : Controller
{
    private static readonly string[] Policies = [ObjectDeleter.ForegroundFinalizer, ObjectDeleter.OrphanFinalizer];

    public override IEnumerable<ObjectKey> Concerned(StoreEvent write)
    {
        var concerned = new List<ObjectKey>();
        if (write.After is null)
        {
            concerned.AddRange(store.Dependents(write.Before!.Uid).Select(dependent => dependent.Key));
            concerned.AddRange(write.Before.Owners.Count > 0 ? OwnersOf(write.Before) : []);
        }
        else if (write.After.Terminating || (write.Before is null && write.After.Owners.Count > 0))
        {
            concerned.Add(write.Key);
        }

        return concerned;
    }

    public override TimeSpan? Reconcile(ObjectKey key)
    {
        if (store.Find(key) is not { } stored)
        {
            return null;
        }

        if (stored.Terminating)
        {
            Finish(stored);
        }
        else if (stored.Owners.Count > 0 && !OwnersOf(stored).Any())
        {
            Delete(stored);
        }

        return null;
    }

    private void Finish(StoredObject owner)
    {
        var finalizers = (owner.Parse().List("metadata", "finalizers") ?? []).Select(item => item.Text()).ToList();
        if (finalizers.Contains(ObjectDeleter.OrphanFinalizer))
        {
            foreach (var dependent in store.Dependents(owner.Uid))
            {
                writer.Change(dependent.Key, manager: null, value => Disown(value, owner.Uid));
            }
        }
        else if (finalizers.Contains(ObjectDeleter.ForegroundFinalizer))
        {
            var dependents = store.Dependents(owner.Uid);
            foreach (var dependent in dependents.Where(dependent => !dependent.Terminating))
            {
                Delete(dependent);
            }

            if (store.Dependents(owner.Uid).Any(dependent => Blocks(dependent, owner.Uid)))
            {
                return;
            }
        }
        else
        {
            return;
        }

        RemovePolicies(owner);
    }

    private void RemovePolicies(StoredObject owner)
    {
        var left = writer.Change(owner.Key, manager: null, value =>
        {
            var kept = (value.List("metadata", "finalizers") ?? []).Where(item => !Policies.Contains(item.Text())).Select(item => item?.DeepClone()).ToArray();
            if (kept.Length > 0)
            {
                value["metadata"]!["finalizers"] = new JsonArray(kept);
            }
            else
            {
                value.Ensure("metadata").Remove("finalizers");
            }
        });
        if (left is not null && left.Parse().List("metadata", "finalizers") is not { Count: > 0 } && !left.Key.Type.GracefulDeletion)
        {
            writer.Remove(owner.Key);
        }
    }

    private static void Disown(JsonObject value, string uid)
    {
        var kept = value.Items("metadata", "ownerReferences").Where(owner => owner.Text("uid") != uid).Select(owner => owner.DeepClone()).ToArray();
        if (kept.Length > 0)
        {
            value["metadata"]!["ownerReferences"] = new JsonArray(kept);
        }
        else
        {
            value.Ensure("metadata").Remove("ownerReferences");
        }
    }

    private static bool Blocks(StoredObject dependent, string uid) =>
        dependent.Parse().Items("metadata", "ownerReferences").Any(owner => owner.Text("uid") == uid && owner.Boolean("blockOwnerDeletion") == true);

    private void Delete(StoredObject stored)
    {
        try
        {
            deleter.Delete(catalog.Preferred(stored.Key.Type), stored.Key.Namespace, stored.Key.Name, new DeleteOptions { Uid = stored.Uid });
        }
        catch (KubernetesError gone) when (gone.Code is 404 or 409)
        {
            // Someone else deleted or replaced it first: nothing is left to collect.
            return;
        }
    }

    private IEnumerable<ObjectKey> OwnersOf(StoredObject stored) => stored.Parse().Items("metadata", "ownerReferences")
        .Select(owner => store.Find(TypeOf(owner.Text("kind")), stored.Key.Namespace, owner.Text("name") ?? string.Empty) is { } found
            && found.Uid == owner.Text("uid") ? found.Key : (ObjectKey?)null)
        .OfType<ObjectKey>();

    private ResourceType TypeOf(string? kind) => catalog.All.FirstOrDefault(type => type.Kind == kind) ?? catalog.Namespaces;
}
