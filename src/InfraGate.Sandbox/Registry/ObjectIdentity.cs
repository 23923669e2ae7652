using System.Text.Json.Nodes;
using InfraGate.Sandbox.Api;
using InfraGate.Sandbox.Json;
using InfraGate.Sandbox.Storage;
using InfraGate.Sandbox.Validation;

namespace InfraGate.Sandbox.Registry;

/// <summary>Whether the object that a client sends is the one that its URL names.</summary>
internal static class ObjectIdentity
{
    /// <summary>What the API server says to whoever comes with an old revision.</summary>
    public const string Modified = "the object has been modified; please apply your changes to the latest version and try again";

    /// <summary>Puts a new object where the URL says, and gives it a generated name when it asks for one.</summary>
    public static void Place(WriteContext context, JsonObject metadata)
    {
        if (context.Resource.Type.Namespaced)
        {
            if (metadata.Text("namespace") is { Length: > 0 } named && named != context.Namespace)
            {
                throw KubernetesError.BadRequest("the namespace of the provided object does not match the namespace sent on the request");
            }

            metadata["namespace"] = context.Namespace;
        }
        else
        {
            metadata.Remove("namespace");
        }

        if (string.IsNullOrEmpty(metadata.Text("name")) && metadata.Text("generateName") is { Length: > 0 } prefix)
        {
            metadata["name"] = prefix + NameGenerator.Suffix();
        }
    }

    /// <summary>Refuses a change that is meant for another object, or for another revision of it.</summary>
    public static void Check(WriteContext context, string name, StoredObject existing, JsonObject after)
    {
        var metadata = after.Ensure("metadata");
        if (metadata.Text("name") is { Length: > 0 } other && other != name)
        {
            throw KubernetesError.BadRequest($"the name of the object ({other}) does not match the name on the URL ({name})");
        }

        if (metadata.Text("namespace") is { Length: > 0 } elsewhere && elsewhere != context.Namespace)
        {
            throw KubernetesError.BadRequest("the namespace of the provided object does not match the namespace sent on the request");
        }

        if (metadata.Text("uid") is { Length: > 0 } uid && uid != existing.Uid)
        {
            throw OtherUid(context, name, existing, uid);
        }

        if (metadata.Text("resourceVersion") is { Length: > 0 } revision && revision != existing.Revision.ToString())
        {
            throw KubernetesError.Conflict(context.Resource, name, Modified);
        }
    }

    private static KubernetesError OtherUid(WriteContext context, string name, StoredObject existing, string uid)
    {
        if (!context.UidIsPrecondition)
        {
            // The API server checks the metadata twice and reports both.
            var mistake = FieldError.Invalid("metadata.uid", uid, "field is immutable");
            return KubernetesError.Invalid(context.Resource, name, [mistake, mistake]);
        }

        var path = context.Resource.Type.Kind == "Service" ? "services/specs" : context.Resource.Type.Plural;
        return KubernetesError.Conflict(
            context.Resource,
            name,
            $"StorageError: invalid object, Code: 4, Key: /registry/{path}/{context.Namespace}/{name}, ResourceVersion: 0, AdditionalErrorMsg: "
            + $"Precondition failed: UID in precondition: {uid}, UID in object meta: {existing.Uid}");
    }
}
