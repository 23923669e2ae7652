using System.Text.Json.Nodes;
using InfraGate.Sandbox.Api;
using InfraGate.Sandbox.Json;
using InfraGate.Sandbox.Registry;
using InfraGate.Sandbox.Resources;
using InfraGate.Sandbox.Storage;

namespace InfraGate.Sandbox.Controllers;

/// <summary>Keeps as many Pods as each ReplicaSet asks for, and counts them in its status.</summary>
internal sealed class ReplicaSetController(
    ObjectStore store,
    ResourceCatalog catalog,
    ObjectRegistry registry,
    ObjectDeleter deleter,
    SystemWriter writer,
    EventRecorder events) : Controller
{
    private const string Manager = "kube-controller-manager";
    private const string Component = "replicaset-controller";

    public override IEnumerable<ObjectKey> Concerned(StoreEvent write)
    {
        if (write.Key.Type == catalog.ReplicaSets)
        {
            return [write.Key];
        }

        return write.Key.Type == catalog.Pods && Owners.ControllerOf((write.After ?? write.Before)!, catalog.ReplicaSets) is { } owner ? [owner] : [];
    }

    public override TimeSpan? Reconcile(ObjectKey key)
    {
        if (store.Find(key) is not { Terminating: false } stored)
        {
            return null;
        }

        var set = stored.Parse();
        var pods = store.Dependents(stored.Uid).Where(pod => pod.Key.Type == catalog.Pods && !pod.Terminating).ToList();
        var wanted = (int)(set.Integer("spec", "replicas") ?? 1);
        var difference = wanted - pods.Count;
        for (var index = 0; index < difference; index++)
        {
            CreatePod(key, set);
        }

        foreach (var surplus in pods.OrderBy(Rank).ThenByDescending(pod => pod.Revision).Take(Math.Max(0, -difference)))
        {
            deleter.Delete(catalog.Preferred(catalog.Pods), surplus.Key.Namespace, surplus.Key.Name, new DeleteOptions());
            events.Record(set, Component, "Normal", "SuccessfulDelete", $"Deleted pod: {surplus.Key.Name}");
        }

        var now = store.Dependents(stored.Uid).Where(pod => pod.Key.Type == catalog.Pods && !pod.Terminating).ToList();
        writer.Change(key, Manager, value => WriteStatus(value, now), status: true);
        return null;
    }

    /// <summary>Whether the Pod's Ready condition holds.</summary>
    public static bool IsReady(JsonObject pod) =>
        pod.Items("status", "conditions").Any(condition => condition.Text("type") == "Ready" && condition.Text("status") == "True");

    /// <summary>Unplaced, then unready, then ready Pods: the least useful are deleted first.</summary>
    private static int Rank(StoredObject pod)
    {
        var value = pod.Parse();
        return IsReady(value) ? 2 : value.Text("spec", "nodeName") is { Length: > 0 } ? 1 : 0;
    }

    private static void WriteStatus(JsonObject set, List<StoredObject> pods)
    {
        var labels = set.Map("spec", "template", "metadata", "labels");
        var ready = pods.Count(pod => IsReady(pod.Parse()));
        var status = new JsonObject { ["replicas"] = pods.Count };
        AddCount(status, "fullyLabeledReplicas", pods.Count(pod => labels.All(label => pod.Labels.GetValueOrDefault(label.Key) == label.Value)));
        AddCount(status, "readyReplicas", ready);
        AddCount(status, "availableReplicas", ready);
        status["observedGeneration"] = set.Integer("metadata", "generation") ?? 1;
        set["status"] = status;
    }

    private static void AddCount(JsonObject status, string name, int count)
    {
        if (count > 0)
        {
            status[name] = count;
        }
    }

    private void CreatePod(ObjectKey key, JsonObject set)
    {
        var template = set.Object("spec", "template")!;
        var metadata = new JsonObject { ["generateName"] = key.Name + "-" };
        metadata.Put("labels", template.Object("metadata")?["labels"]);
        metadata.Put("annotations", template.Object("metadata")?["annotations"]);
        metadata.Put("finalizers", template.Object("metadata")?["finalizers"]);
        metadata["ownerReferences"] = new JsonArray(Owners.ControllerReference(set));
        var pod = new JsonObject { ["kind"] = "Pod", ["apiVersion"] = "v1", ["metadata"] = metadata, ["spec"] = template["spec"]?.DeepClone() };
        try
        {
            var created = registry.Create(new WriteContext(catalog.Preferred(catalog.Pods), key.Namespace, Manager), pod);
            events.Record(set, Component, "Normal", "SuccessfulCreate", $"Created pod: {created.Key.Name}");
        }
        catch (KubernetesError refused) when (refused.Code is 403 or 404 or 422)
        {
            // The namespace is going, or the template cannot be a Pod; the event says so and the next write is the next attempt.
            events.Record(set, Component, "Warning", "FailedCreate", "Error creating: " + refused.Message);
        }
    }
}
