using System.Text.Json.Nodes;
using InfraGate.Sandbox.Admission;
using InfraGate.Sandbox.Api;
using InfraGate.Sandbox.Apply;
using InfraGate.Sandbox.Json;
using InfraGate.Sandbox.Resources;
using InfraGate.Sandbox.Storage;
using InfraGate.Sandbox.Strategies;
using InfraGate.Sandbox.Validation;

namespace InfraGate.Sandbox.Registry;

/// <summary>
/// Creates and changes objects as the API server does: defaults, system fields, field ownership, validation, generation, and a
/// compare-and-swap into the store. Objects are in their stored shape. A dry run does everything but the last step.
/// </summary>
internal sealed class ObjectRegistry(
    ObjectStore store,
    ResourceCatalog catalog,
    StrategyCatalog strategies,
    FieldManager fieldManager,
    AdmissionChain admission,
    TimeProvider time)
{
    private const int Attempts = 20;

    private static readonly string[] FirstMembers = ["kind", "apiVersion", "metadata"];

    private static readonly string[] SystemMetadata =
        ["uid", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "generation", "selfLink", "namespace", "name"];

    /// <summary>Held from the look at a quota until the object that uses it is stored.</summary>
    private readonly Lock _admission = new();

    /// <summary>Creates an object; <paramref name="ownersKnown"/> says that an apply has recorded the owners of its fields already.</summary>
    public StoredObject Create(WriteContext context, JsonObject value, bool ownersKnown = false)
    {
        var type = context.Resource.Type;
        var strategy = strategies.For(type);
        var metadata = value.Ensure("metadata");
        ObjectIdentity.Place(context, metadata);
        if (type.Namespaced)
        {
            RequireNamespace(context, metadata.Text("name") ?? string.Empty);
        }

        if (!string.IsNullOrEmpty(metadata.Text("resourceVersion")))
        {
            throw KubernetesError.Unclassified("resourceVersion should not be set on objects to be created");
        }

        strategy.PrepareForCreate(value, context.DryRun);
        strategy.Default(value);
        foreach (var name in SystemMetadata[..6])
        {
            metadata.Remove(name);
        }

        metadata["uid"] = Guid.NewGuid().ToString();
        metadata["creationTimestamp"] = Timestamps.Seconds(time.GetUtcNow());
        if (type.HasGeneration)
        {
            metadata["generation"] = 1;
        }

        value = Normal(value);
        if (!ownersKnown)
        {
            fieldManager.RecordUpdate(before: null, value, type.Schema, Identity(context));
        }

        admission.Complete(context, value);
        strategy.Allocate(value, before: null, context.DryRun);
        var problems = MetadataValidation.Check(value.Ensure("metadata"), NameRule(strategy)).Concat(strategy.Validate(value)).ToList();
        Refuse(context, metadata.Text("name")!, problems);
        return Admit(context, value) ?? throw KubernetesError.AlreadyExists(context.Resource, metadata.Text("name")!);
    }

    /// <summary>
    /// Changes an object. <paramref name="change"/> gets a copy and answers what it shall be; it is called again when someone else was faster,
    /// unless its answer insists on a revision. With <paramref name="ownersKnown"/> the change has recorded the owners itself.
    /// </summary>
    public StoredObject Modify(WriteContext context, string name, Func<JsonObject, JsonObject> change, bool ownersKnown = false)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var existing = store.Find(context.Resource.Type, context.Namespace, name) ?? throw KubernetesError.NotFound(context.Resource, name);
            var before = existing.Parse();
            var after = change((JsonObject)before.DeepClone());
            ObjectIdentity.Check(context, name, existing, after);
            after = Complete(context, before, after, ownersKnown);
            Refuse(context, name, Problems(context, before, after));
            if (JsonNode.DeepEquals(before, after))
            {
                return existing;
            }

            if (context.DryRun)
            {
                return new StoredObject(existing.Key.Type, after, existing.Revision);
            }

            if (Store(existing, after) is { } stored)
            {
                return stored;
            }
        }

        throw KubernetesError.Conflict(context.Resource, name, ObjectIdentity.Modified);
    }

    /// <summary>Who a write is recorded for.</summary>
    public ManagedFieldsEntry Identity(WriteContext context, string operation = ManagedFieldsEntry.Update) => new()
    {
        Manager = context.Manager,
        Operation = operation,
        ApiVersion = context.Resource.ApiVersion,
        Subresource = catalog.Minor >= 22 ? context.Subresource : null,
        Fields = new FieldSet(),
    };

    /// <summary>Freshly parsed, so that values compare alike, and in the order that the API server writes.</summary>
    private static JsonObject Normal(JsonObject value)
    {
        var ordered = new JsonObject();
        foreach (var name in FirstMembers.Concat(value.Select(pair => pair.Key)).Distinct())
        {
            ordered.Put(name, value[name]);
        }

        return JsonText.Object(JsonText.Bytes(ordered));
    }

    private static Func<string, string?> NameRule(ResourceStrategy strategy) => strategy switch
    {
        ServiceStrategy => Names.ServiceNameMistake,
        { NamesAreLabels: true } => Names.LabelMistake,
        _ => Names.SubdomainMistake,
    };

    private static void Refuse(WriteContext context, string name, List<FieldError> problems)
    {
        if (problems.Count > 0)
        {
            throw KubernetesError.Invalid(context.Resource, name, problems);
        }
    }

    /// <summary>Stores a new object that admission allows; null when one of that name exists.</summary>
    private StoredObject? Admit(WriteContext context, JsonObject value)
    {
        var type = context.Resource.Type;
        lock (_admission)
        {
            admission.Check(context, value);
            if (!context.DryRun)
            {
                return store.TryCreate(type, value);
            }

            var metadata = value.Object("metadata");
            return store.Find(type, metadata.Text("namespace") ?? string.Empty, metadata.Text("name")!) is null ? new StoredObject(type, value, revision: 0) : null;
        }
    }

    private JsonObject Complete(WriteContext context, JsonObject before, JsonObject after, bool ownersKnown)
    {
        var type = context.Resource.Type;
        var strategy = strategies.For(type);
        var metadata = after.Ensure("metadata");
        foreach (var name in SystemMetadata.Append("resourceVersion"))
        {
            metadata.Put(name, before["metadata"]![name]);
        }

        after["kind"] = type.Kind;
        after.Put("apiVersion", before["apiVersion"]);
        if (context.Subresource == "status")
        {
            after = WithStatusOf(before, after);
        }
        else
        {
            if (type.HasStatus)
            {
                after.Put("status", before["status"]);
            }

            strategy.Default(after);
            strategy.PrepareForUpdate(after, before, context.DryRun);
        }

        after = Normal(after);
        if (strategy.IsNewGeneration(after, before))
        {
            after["metadata"]!["generation"] = (before.Integer("metadata", "generation") ?? 0) + 1;
        }

        if (!ownersKnown)
        {
            fieldManager.RecordUpdate(before, after, type.Schema, Identity(context));
        }

        if (context.Subresource != "status")
        {
            strategy.Allocate(after, before, context.DryRun);
        }

        return Normal(after);
    }

    private static JsonObject WithStatusOf(JsonObject before, JsonObject after)
    {
        var result = (JsonObject)before.DeepClone();
        result.Put("status", after["status"]);
        result.Ensure("metadata").Put("managedFields", after["metadata"]!["managedFields"]);
        return result;
    }

    private List<FieldError> Problems(WriteContext context, JsonObject before, JsonObject after)
    {
        if (context.Subresource == "status")
        {
            return [];
        }

        var strategy = strategies.For(context.Resource.Type);
        return
        [
            .. MetadataValidation.Check(after.Ensure("metadata"), NameRule(strategy)),
            .. strategy.Validate(after),
            .. strategy.ValidateUpdate(after, before),
        ];
    }

    /// <summary>A terminating object whose last finalizer goes is removed by that very write.</summary>
    private StoredObject? Store(StoredObject existing, JsonObject after)
    {
        var finished = existing.Terminating && after.List("metadata", "finalizers") is not { Count: > 0 }
            && existing.Parse().List("metadata", "finalizers") is { Count: > 0 } && !existing.Key.Type.GracefulDeletion;
        if (!finished)
        {
            return store.TryReplace(existing, after);
        }

        if (!store.TryRemove(existing))
        {
            return null;
        }

        strategies.For(existing.Key.Type).Released(after);
        return new StoredObject(existing.Key.Type, after, existing.Revision);
    }

    private void RequireNamespace(WriteContext context, string name)
    {
        var found = store.Find(catalog.Namespaces, string.Empty, context.Namespace)
            ?? throw KubernetesError.NotFound(catalog.Preferred(catalog.Namespaces), context.Namespace);
        if (found.Terminating)
        {
            throw KubernetesError.Forbidden(
                context.Resource,
                name,
                $"unable to create new content in namespace {context.Namespace} because it is being terminated");
        }
    }
}
