using InfraGate.Sandbox.Api;
using InfraGate.Sandbox.Controllers;
using InfraGate.Sandbox.Json;
using InfraGate.Sandbox.Kubelet;
using InfraGate.Sandbox.Registry;
using InfraGate.Sandbox.Resources;
using InfraGate.Sandbox.Storage;

namespace InfraGate.Sandbox.Demo;

/// <summary>
/// Breaks the demo workload once it stands: someone sets an image whose tag is misspelt, so that the new ReplicaSet cannot pull it
/// while the old one still serves.
/// </summary>
internal sealed class DemoRollout(ObjectStore store, ResourceCatalog catalog, ObjectRegistry registry) : Controller
{
    private volatile bool _pending;

    private ObjectKey Demo => new(catalog.Deployments, DemoObjects.DemoNamespace, DemoObjects.DemoName);

    /// <summary>Breaks the workload as soon as it is available.</summary>
    public void Start() => _pending = true;

    public override IEnumerable<ObjectKey> Concerned(StoreEvent write) => _pending && write.Key == Demo ? [write.Key] : [];

    public override TimeSpan? Reconcile(ObjectKey key)
    {
        if (!_pending || store.Find(key)?.Parse() is not { } deployment)
        {
            return null;
        }

        // Whoever changes the workload before it stands has taken it over; then nothing is broken any more.
        _pending = deployment.Integer("metadata", "generation") == 1;
        if (_pending && deployment.Integer("status", "availableReplicas") == deployment.Integer("spec", "replicas"))
        {
            _pending = false;
            Break(key);
        }

        return null;
    }

    private void Break(ObjectKey key)
    {
        try
        {
            registry.Modify(new WriteContext(catalog.Preferred(catalog.Deployments), key.Namespace, "kubectl-set"), key.Name, value =>
            {
                value.Items("spec", "template", "spec", "containers").First()["image"] = "nginx:" + ContainerBehaviour.MisspeltTag;
                return value;
            });
        }
        catch (KubernetesError gone) when (gone.Code == 404)
        {
            // Deleted in the meantime, so there is nothing to break.
            return;
        }
    }
}
