using System.Text.Json.Nodes;
using InfraGate.Sandbox.Registry;
using InfraGate.Sandbox.Resources;
using InfraGate.Sandbox.Storage;

namespace InfraGate.Sandbox.Controllers;

/// <summary>Empties a terminating namespace, then removes it; gives every other one its default service account.</summary>
internal sealed class NamespaceController(
    ObjectStore store,
    ResourceCatalog catalog,
    ObjectRegistry registry,
    ObjectDeleter deleter,
    SystemWriter writer) : Controller
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public override IEnumerable<ObjectKey> Concerned(StoreEvent write) => write.Key.Type == catalog.Namespaces ? [write.Key] : [];

    public override TimeSpan? Reconcile(ObjectKey key)
    {
        if (store.Find(key) is not { } found)
        {
            return null;
        }

        if (!found.Terminating)
        {
            AddServiceAccount(key.Name);
            return null;
        }

        var content = store.Everything().Where(item => item.Key.Namespace == key.Name).ToList();
        if (content.Count == 0)
        {
            writer.Remove(key);
            return null;
        }

        foreach (var item in content.Where(item => !item.Terminating))
        {
            if (item.Key.Type.GracefulDeletion)
            {
                deleter.Delete(catalog.Preferred(item.Key.Type), key.Name, item.Key.Name, new DeleteOptions());
            }
            else
            {
                writer.Remove(item.Key);
            }
        }

        return Pause;
    }

    private void AddServiceAccount(string name)
    {
        if (store.Find(catalog.ServiceAccounts, name, "default") is null)
        {
            var account = new JsonObject
            {
                ["kind"] = "ServiceAccount",
                ["apiVersion"] = "v1",
                ["metadata"] = new JsonObject { ["name"] = "default" },
            };
            registry.Create(new WriteContext(catalog.Preferred(catalog.ServiceAccounts), name, "kube-controller-manager"), account);
        }
    }
}
