using System.Text.Json.Nodes;
using InfraGate.Sandbox.Json;
using InfraGate.Sandbox.Resources;
using InfraGate.Sandbox.Storage;

namespace InfraGate.Sandbox.Demo;

/// <summary>Makes many objects at once in the namespace <c>fill</c>, finished: the Pods run already, nothing reconciles them.</summary>
internal sealed class BulkFill(ObjectStore store, ResourceCatalog catalog, TimeProvider time)
{
    public const string Namespace = "fill";

    public void Fill(IReadOnlyDictionary<string, int> counts)
    {
        if (counts.Count == 0)
        {
            return;
        }

        var space = DemoObjects.Namespace(Namespace);
        Stamp(space, Namespace, @namespace: null);
        space["status"] = new JsonObject { ["phase"] = "Active" };
        store.TryCreate(catalog.Namespaces, space);
        foreach (var (kind, count) in counts)
        {
            for (var index = 0; index < count; index++)
            {
                Add(kind, index);
            }
        }
    }

    private void Add(string kind, int index)
    {
        var name = $"{kind[..^1]}-{index:00000}";
        var (type, value) = kind switch
        {
            "pods" => (catalog.Pods, Pod(name, index)),
            "deployments" => (catalog.Deployments, Deployment(name)),
            "services" => (catalog.Services, DemoObjects.Service(name, name, 80)),
            "configmaps" => (catalog.ConfigMaps, new JsonObject { ["kind"] = "ConfigMap", ["apiVersion"] = "v1", ["data"] = new JsonObject { ["key"] = name } }),
            _ => (catalog.Events, Event(index)),
        };
        Stamp(value, name, Namespace);
        store.TryCreate(type, value);
    }

    private void Stamp(JsonObject value, string name, string? @namespace)
    {
        var metadata = value.Ensure("metadata");
        metadata["name"] = name;
        metadata.Put("namespace", @namespace is null ? null : JsonValue.Create(@namespace));
        metadata["uid"] = Guid.NewGuid().ToString();
        metadata["creationTimestamp"] = Timestamps.Seconds(time.GetUtcNow());
    }

    private JsonObject Pod(string name, int index)
    {
        var now = Timestamps.Seconds(time.GetUtcNow());
        return (JsonObject)JsonNode.Parse($$$"""
            {
              "kind": "Pod", "apiVersion": "v1", "metadata": {"labels": {"app": "app-{{{index % 20}}}"}},
              "spec": {"containers": [{"name": "main", "image": "nginx:1.27-alpine"}], "nodeName": "{{{Kubelet.SimulatedNode.Name}}}", "restartPolicy": "Always"},
              "status": {
                "phase": "Running", "podIP": "10.245.{{{index / 250 % 250}}}.{{{index % 250}}}", "startTime": "{{{now}}}",
                "conditions": [{"type": "Ready", "status": "True", "lastTransitionTime": "{{{now}}}"}],
                "containerStatuses": [{
                  "name": "main", "image": "nginx:1.27-alpine", "imageID": "", "ready": true, "restartCount": 0, "started": true, "lastState": {},
                  "state": {"running": {"startedAt": "{{{now}}}"}}
                }]
              }
            }
            """)!;
    }

    /// <summary>Scaled to nothing, so that the controllers leave it as it is.</summary>
    private static JsonObject Deployment(string name)
    {
        var value = DemoObjects.Other(name, "nginx:1.27-alpine", 0, 8080);
        value.Ensure("spec")["paused"] = true;
        return value;
    }

    private JsonObject Event(int index)
    {
        var now = Timestamps.Seconds(time.GetUtcNow().AddSeconds(-index));
        return (JsonObject)JsonNode.Parse($$$"""
            {
              "kind": "Event", "apiVersion": "v1", "type": "Normal", "reason": "Pulled", "message": "Container image already present on machine",
              "involvedObject": {"kind": "Pod", "apiVersion": "v1", "namespace": "{{{Namespace}}}", "name": "pod-{{{index:00000}}}"},
              "source": {"component": "kubelet"}, "firstTimestamp": "{{{now}}}", "lastTimestamp": "{{{now}}}", "count": 1, "eventTime": null,
              "reportingComponent": "", "reportingInstance": ""
            }
            """)!;
    }
}
