using System.Text.Json.Nodes;
using InfraGate.Sandbox.Json;
using InfraGate.Sandbox.Registry;
using InfraGate.Sandbox.Resources;
using InfraGate.Sandbox.Selectors;
using InfraGate.Sandbox.Storage;

namespace InfraGate.Sandbox.Controllers;

/// <summary>Writes Endpoints and an EndpointSlice for every Service with a selector.</summary>
internal sealed class EndpointsController(ObjectStore store, ResourceCatalog catalog, SystemWriter writer, TimeProvider time) : Controller
{
    private const string Manager = "kube-controller-manager";

    public override IEnumerable<ObjectKey> Concerned(StoreEvent write)
    {
        if (write.Key.Type == catalog.Services)
        {
            return [write.Key];
        }

        return write.Key.Type == catalog.Pods
            ? store.Snapshot(catalog.Services).In(write.Key.Namespace).Select(service => service.Key)
            : [];
    }

    public override TimeSpan? Reconcile(ObjectKey key)
    {
        var endpoints = key with { Type = catalog.Endpoints };
        if (store.Find(key) is not { } stored)
        {
            writer.Remove(endpoints);
            return null;
        }

        var service = stored.Parse();
        var selector = service.Map("spec", "selector");
        if (selector.Count == 0)
        {
            return null;
        }

        var labels = LabelSelector.FromMap(selector);
        var targets = store.Snapshot(catalog.Pods).In(key.Namespace)
            .Where(pod => !pod.Terminating && labels.Matches(pod.Labels) && pod.Fields["status.podIP"].Length > 0)
            .Select(pod => pod.Parse())
            .ToList();
        WriteEndpoints(endpoints, service, targets);
        WriteSlice(service, stored, targets);
        return null;
    }

    private static JsonObject Target(JsonObject pod) => new()
    {
        ["kind"] = "Pod",
        ["namespace"] = pod.Text("metadata", "namespace"),
        ["name"] = pod.Text("metadata", "name"),
        ["uid"] = pod.Text("metadata", "uid"),
    };

    private static JsonArray Ports(JsonObject service, JsonObject? pod)
    {
        var ports = new JsonArray();
        foreach (var port in service.Items("spec", "ports"))
        {
            var number = port.Integer("targetPort") ?? Named(pod, port.Text("targetPort"));
            if (number is not null)
            {
                var entry = new JsonObject();
                entry.Put("name", port["name"]);
                entry["port"] = number;
                entry["protocol"] = port.Text("protocol") ?? "TCP";
                ports.Add(entry);
            }
        }

        return ports;
    }

    private static long? Named(JsonObject? pod, string? name) => pod.Items("spec", "containers")
        .SelectMany(container => container.Items("ports"))
        .FirstOrDefault(port => port.Text("name") == name)
        ?.Integer("containerPort");

    private static JsonArray Addresses(IEnumerable<JsonObject> pods) => new([.. pods.Select(pod => new JsonObject
    {
        ["ip"] = pod.Text("status", "podIP"),
        ["nodeName"] = pod.Text("spec", "nodeName"),
        ["targetRef"] = Target(pod),
    })]);

    private void WriteEndpoints(ObjectKey key, JsonObject service, List<JsonObject> pods)
    {
        var subset = new JsonObject();
        var ready = pods.Where(ReplicaSetController.IsReady).ToList();
        if (ready.Count > 0)
        {
            subset["addresses"] = Addresses(ready);
        }

        if (ready.Count < pods.Count)
        {
            subset["notReadyAddresses"] = Addresses(pods.Except(ready));
        }

        subset["ports"] = Ports(service, pods.FirstOrDefault());
        Put(key, "v1", "Endpoints", service.Object("metadata")?["labels"], value =>
        {
            value.Remove("subsets");
            if (pods.Count > 0)
            {
                value["subsets"] = new JsonArray(subset.DeepClone());
            }
        });
    }

    private void WriteSlice(JsonObject service, StoredObject owner, List<JsonObject> pods)
    {
        var existing = store.Dependents(owner.Uid).FirstOrDefault(item => item.Key.Type == catalog.EndpointSlices);
        var key = existing?.Key ?? new ObjectKey(catalog.EndpointSlices, owner.Key.Namespace, $"{owner.Key.Name}-{NameGenerator.Suffix()}");
        var labels = (JsonObject)(service.Object("metadata", "labels")?.DeepClone() ?? new JsonObject());
        labels["kubernetes.io/service-name"] = owner.Key.Name;
        labels["endpointslice.kubernetes.io/managed-by"] = "endpointslice-controller.k8s.io";
        Put(key, "discovery.k8s.io/v1", "EndpointSlice", labels, value =>
        {
            var metadata = value.Ensure("metadata");
            metadata["generateName"] = owner.Key.Name + "-";
            metadata["ownerReferences"] = new JsonArray(Owners.ControllerReference(service));
            value["addressType"] = "IPv4";
            value["endpoints"] = new JsonArray([.. pods.Select(pod =>
            {
                var ready = ReplicaSetController.IsReady(pod);
                return new JsonObject
                {
                    ["addresses"] = new JsonArray(pod.Text("status", "podIP")),
                    ["conditions"] = new JsonObject { ["ready"] = ready, ["serving"] = ready, ["terminating"] = false },
                    ["nodeName"] = pod.Text("spec", "nodeName"),
                    ["targetRef"] = Target(pod),
                };
            })]);
            value["ports"] = Ports(service, pods.FirstOrDefault());
        });
    }

    private void Put(ObjectKey key, string apiVersion, string kind, JsonNode? labels, Action<JsonObject> fill)
    {
        if (store.Find(key) is null)
        {
            var created = new JsonObject
            {
                ["kind"] = kind,
                ["apiVersion"] = apiVersion,
                ["metadata"] = new JsonObject
                {
                    ["name"] = key.Name,
                    ["namespace"] = key.Namespace,
                    ["uid"] = Guid.NewGuid().ToString(),
                    ["creationTimestamp"] = Timestamps.Seconds(time.GetUtcNow()),
                },
            };
            created.Ensure("metadata").Put("labels", labels);
            fill(created);
            if (store.TryCreate(key.Type, created) is not null)
            {
                return;
            }
        }

        writer.Change(key, Manager, value =>
        {
            value.Ensure("metadata").Put("labels", labels);
            fill(value);
        });
    }
}
