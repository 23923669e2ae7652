using System.Text.Json.Nodes;
using InfraGate.Sandbox.Api;
using InfraGate.Sandbox.Json;
using InfraGate.Sandbox.Registry;
using InfraGate.Sandbox.Resources;
using InfraGate.Sandbox.Storage;

namespace InfraGate.Sandbox.Controllers;

/// <summary>Keeps as many Pods as each ReplicaSet asks for, counts them in its status, and says there when one is refused.</summary>
internal sealed class ReplicaSetController(
    ObjectStore store,
    ResourceCatalog catalog,
    ObjectRegistry registry,
    ObjectDeleter deleter,
    SystemWriter writer,
    EventRecorder events,
    TimeProvider time) : Controller
{
    private const string Manager = "kube-controller-manager";
    private const string Component = "replicaset-controller";
    private const string ReplicaFailure = "ReplicaFailure";
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LastRetry = TimeSpan.FromMinutes(10);

    /// <summary>How often in a row each ReplicaSet was refused a Pod.</summary>
    private readonly Dictionary<ObjectKey, int> _refusals = [];

    public override IEnumerable<ObjectKey> Concerned(StoreEvent write)
    {
        if (write.Key.Type == catalog.ReplicaSets)
        {
            return [write.Key];
        }

        if (write.Key.Type == catalog.ResourceQuotas || write.Key.Type == catalog.LimitRanges)
        {
            // What was refused may be allowed now; the quota's own status changes nothing.
            return JsonNode.DeepEquals(write.Before?.Parse()["spec"], write.After?.Parse()["spec"])
                ? []
                : store.Snapshot(catalog.ReplicaSets).In(write.Key.Namespace).Select(set => set.Key);
        }

        return write.Key.Type == catalog.Pods && Owners.ControllerOf((write.After ?? write.Before)!, catalog.ReplicaSets) is { } owner ? [owner] : [];
    }

    public override TimeSpan? Reconcile(ObjectKey key)
    {
        if (store.Find(key) is not { Terminating: false } stored)
        {
            return Forget(key);
        }

        var set = stored.Parse();
        var pods = ActivePods(stored.Uid);
        var wanted = (int)(set.Integer("spec", "replicas") ?? 1);
        var difference = wanted - pods.Count;
        var refusal = Grow(key, set, difference);

        foreach (var surplus in pods.OrderBy(Rank).ThenByDescending(pod => pod.Revision).Take(Math.Max(0, -difference)))
        {
            deleter.Delete(catalog.Preferred(catalog.Pods), surplus.Key.Namespace, surplus.Key.Name, new DeleteOptions());
            events.Record(set, Component, "Normal", "SuccessfulDelete", $"Deleted pod: {surplus.Key.Name}");
        }

        var now = ActivePods(stored.Uid);
        writer.Change(key, Manager, value => WriteStatus(value, now, refusal), status: true);
        return refusal is null ? Forget(key) : Later(key);
    }

    /// <summary>The Pods that count: neither going nor finished.</summary>
    private List<StoredObject> ActivePods(string uid) =>
        [.. store.Dependents(uid).Where(pod => pod.Key.Type == catalog.Pods && !pod.Terminating && pod.Fields["status.phase"] is not ("Succeeded" or "Failed"))];

    /// <summary>Whether the Pod's Ready condition holds.</summary>
    public static bool IsReady(JsonObject pod) =>
        pod.Items("status", "conditions").Any(condition => condition.Text("type") == "Ready" && condition.Text("status") == "True");

    /// <summary>Unplaced, then unready, then ready Pods: the least useful are deleted first.</summary>
    private static int Rank(StoredObject pod)
    {
        var value = pod.Parse();
        return IsReady(value) ? 2 : value.Text("spec", "nodeName") is { Length: > 0 } ? 1 : 0;
    }

    private void WriteStatus(JsonObject set, List<StoredObject> pods, string? refusal)
    {
        var failure = set.Items("status", "conditions").FirstOrDefault(condition => condition.Text("type") == ReplicaFailure)?.DeepClone();
        var labels = set.Map("spec", "template", "metadata", "labels");
        var ready = pods.Count(pod => IsReady(pod.Parse()));
        var status = new JsonObject { ["replicas"] = pods.Count };
        AddCount(status, "fullyLabeledReplicas", pods.Count(pod => labels.All(label => pod.Labels.GetValueOrDefault(label.Key) == label.Value)));
        AddCount(status, "readyReplicas", ready);
        AddCount(status, "availableReplicas", ready);
        status["observedGeneration"] = set.Integer("metadata", "generation") ?? 1;
        if (refusal is not null)
        {
            status["conditions"] = new JsonArray(failure ?? Failure(refusal));
        }

        set["status"] = status;
    }

    private static void AddCount(JsonObject status, string name, int count)
    {
        if (count > 0)
        {
            status[name] = count;
        }
    }

    private JsonObject Failure(string refusal) => new()
    {
        ["type"] = ReplicaFailure,
        ["status"] = "True",
        ["lastTransitionTime"] = Timestamps.Seconds(time.GetUtcNow()),
        ["reason"] = "FailedCreate",
        ["message"] = refusal,
    };

    /// <summary>Makes the missing Pods until one is refused; answers why.</summary>
    private string? Grow(ObjectKey key, JsonObject set, int missing)
    {
        for (var index = 0; index < missing; index++)
        {
            if (CreatePod(key, set) is { } refusal)
            {
                return refusal;
            }
        }

        return null;
    }

    private TimeSpan? Forget(ObjectKey key)
    {
        _refusals.Remove(key);
        return null;
    }

    private TimeSpan Later(ObjectKey key)
    {
        var refusals = _refusals[key] = _refusals.GetValueOrDefault(key) + 1;
        var wait = FirstRetry * Math.Pow(2, Math.Min(refusals - 1, 20));
        return wait < LastRetry ? wait : LastRetry;
    }

    /// <summary>Makes a Pod; answers why not.</summary>
    private string? CreatePod(ObjectKey key, JsonObject set)
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
            return null;
        }
        catch (KubernetesError refused) when (refused.Code is 403 or 404 or 422)
        {
            // A quota is used up, the namespace is going, or the template cannot be a Pod.
            events.Record(set, Component, "Warning", "FailedCreate", "Error creating: " + refused.Message);
            return refused.Message;
        }
    }
}
