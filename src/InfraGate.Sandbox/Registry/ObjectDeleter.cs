using System.Text.Json.Nodes;
using InfraGate.Sandbox.Api;
using InfraGate.Sandbox.Json;
using InfraGate.Sandbox.Resources;
using InfraGate.Sandbox.Storage;
using InfraGate.Sandbox.Strategies;

namespace InfraGate.Sandbox.Registry;

/// <summary>Deletes objects: preconditions, grace, finalizers, propagation to dependents (the garbage collector does the rest).</summary>
internal sealed class ObjectDeleter(ObjectStore store, ResourceCatalog catalog, StrategyCatalog strategies, TimeProvider time)
{
    public const string ForegroundFinalizer = "foregroundDeletion";
    public const string OrphanFinalizer = "orphan";

    /// <summary>Deletes the object, or marks it as terminating when something has to happen first.</summary>
    public DeleteOutcome Delete(ServedResource resource, string @namespace, string name, DeleteOptions options)
    {
        while (true)
        {
            var existing = store.Find(resource.Type, @namespace, name) ?? throw KubernetesError.NotFound(resource, name);
            CheckPreconditions(resource, existing, options);
            var marked = Mark(existing, options);
            if (options.DryRun)
            {
                return new DeleteOutcome(marked is null ? existing : new StoredObject(resource.Type, marked, existing.Revision), marked is null);
            }

            if (marked is null)
            {
                if (store.TryRemove(existing))
                {
                    strategies.For(resource.Type).Released(existing.Parse());
                    return new DeleteOutcome(existing, Removed: true);
                }
            }
            else if (JsonNode.DeepEquals(marked, existing.Parse()))
            {
                return new DeleteOutcome(existing, Removed: false);
            }
            else if (store.TryReplace(existing, marked) is { } stored)
            {
                return new DeleteOutcome(stored, Removed: false);
            }
        }
    }

    private static void CheckPreconditions(ServedResource resource, StoredObject existing, DeleteOptions options)
    {
        if (options.Uid is { } uid && uid != existing.Uid)
        {
            throw KubernetesError.PreconditionFailed(
                resource,
                existing.Key.Name,
                $"the UID in the precondition ({uid}) does not match the UID in record ({existing.Uid}). The object might have been deleted and then recreated");
        }

        if (options.ResourceVersion is { } revision && revision != existing.Revision.ToString())
        {
            throw KubernetesError.PreconditionFailed(
                resource,
                existing.Key.Name,
                $"the ResourceVersion in the precondition ({revision}) does not match the ResourceVersion in record ({existing.Revision}). The object might have been modified");
        }
    }

    /// <summary>The object as terminating, or null when it can go at once.</summary>
    private JsonObject? Mark(StoredObject existing, DeleteOptions options)
    {
        var value = existing.Parse();
        var metadata = value.Ensure("metadata");
        var finalizers = metadata.List("finalizers") ?? [];
        var policy = options.Propagation switch
        {
            "Foreground" => ForegroundFinalizer,
            "Orphan" => OrphanFinalizer,
            _ => null,
        };
        if (policy is not null && !finalizers.Any(item => item.Text() == policy))
        {
            finalizers = (JsonArray)finalizers.DeepClone();
            finalizers.Add(policy);
            metadata["finalizers"] = finalizers;
        }

        var grace = Grace(existing, value, options);
        var isNamespace = existing.Key.Type == catalog.Namespaces;
        if (finalizers.Count == 0 && grace == 0 && !isNamespace)
        {
            return null;
        }

        if (!existing.Terminating || grace < (metadata.Integer("deletionGracePeriodSeconds") ?? 0))
        {
            metadata["deletionTimestamp"] = Timestamps.Seconds(time.GetUtcNow().AddSeconds(grace));
            metadata["deletionGracePeriodSeconds"] = grace;
            if (!existing.Terminating && metadata.Integer("generation") is { } generation)
            {
                metadata["generation"] = generation + 1;
            }
        }

        if (isNamespace)
        {
            value.Ensure("status")["phase"] = "Terminating";
        }

        return value;
    }

    private static long Grace(StoredObject existing, JsonObject value, DeleteOptions options)
    {
        var placed = value.Text("spec", "nodeName") is { Length: > 0 };
        var finished = value.Text("status", "phase") is "Succeeded" or "Failed";
        if (!existing.Key.Type.GracefulDeletion || !placed || finished)
        {
            return 0;
        }

        return Math.Max(0, options.GracePeriodSeconds ?? value.Integer("spec", "terminationGracePeriodSeconds") ?? 30);
    }
}

/// <summary>The object as it was, or as it is while it terminates.</summary>
internal sealed record DeleteOutcome(StoredObject Object, bool Removed);
