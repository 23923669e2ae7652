using System.Text.Json.Nodes;
using InfraGate.Sandbox.Json;
using InfraGate.Sandbox.Storage;

namespace InfraGate.Sandbox.Controllers;

/// <summary>Owner references.</summary>
internal static class Owners
{
    /// <summary>A reference that makes <paramref name="owner"/> the controller of what carries it.</summary>
    public static JsonObject ControllerReference(JsonObject owner) => new()
    {
        ["apiVersion"] = owner.Text("apiVersion"),
        ["kind"] = owner.Text("kind"),
        ["name"] = owner.Text("metadata", "name"),
        ["uid"] = owner.Text("metadata", "uid"),
        ["controller"] = true,
        ["blockOwnerDeletion"] = true,
    };

    /// <summary>The controlling owner of a kind, as a key in the same namespace, or null.</summary>
    public static ObjectKey? ControllerOf(StoredObject stored, Resources.ResourceType kind)
    {
        if (stored.Owners.Count == 0)
        {
            return null;
        }

        var owner = stored.Parse().Items("metadata", "ownerReferences").FirstOrDefault(item => item.Boolean("controller") == true);
        return owner.Text("kind") == kind.Kind ? new ObjectKey(kind, stored.Key.Namespace, owner.Text("name")!) : null;
    }
}
