using System.Text.Json.Nodes;
using InfraGate.Sandbox.Admission;
using InfraGate.Sandbox.Json;
using InfraGate.Sandbox.Registry;
using InfraGate.Sandbox.Resources;
using InfraGate.Sandbox.Storage;

namespace InfraGate.Sandbox.Controllers;

/// <summary>Writes into each ResourceQuota's status how much of it is used.</summary>
internal sealed class QuotaController(ObjectStore store, ResourceCatalog catalog, QuotaUsage usage, SystemWriter writer) : Controller
{
    private const string Manager = "kube-controller-manager";

    public override IEnumerable<ObjectKey> Concerned(StoreEvent write)
    {
        if (write.Key.Type == catalog.ResourceQuotas)
        {
            return [write.Key];
        }

        var isCounted = write.Before is null || write.After is null || write.Key.Type == catalog.Pods || write.Key.Type == catalog.Services;
        return isCounted && write.Key.Type.Namespaced ? store.Snapshot(catalog.ResourceQuotas).In(write.Key.Namespace).Select(quota => quota.Key) : [];
    }

    public override TimeSpan? Reconcile(ObjectKey key)
    {
        if (store.Find(key) is { Terminating: false } stored)
        {
            var used = usage.Used(stored.Parse());
            writer.Change(
                key,
                Manager,
                quota => quota["status"] = new JsonObject { ["hard"] = quota.Object("spec", "hard")?.DeepClone() ?? new JsonObject(), ["used"] = used.ToJson() },
                status: true);
        }

        return null;
    }
}
