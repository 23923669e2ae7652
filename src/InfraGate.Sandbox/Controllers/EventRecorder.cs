using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using InfraGate.Sandbox.Json;
using InfraGate.Sandbox.Registry;
using InfraGate.Sandbox.Resources;
using InfraGate.Sandbox.Storage;

namespace InfraGate.Sandbox.Controllers;

/// <summary>Writes Events; the same event again counts up the first one.</summary>
internal sealed class EventRecorder(ObjectStore store, ResourceCatalog catalog, SystemWriter writer, TimeProvider time)
{
    private readonly ConcurrentDictionary<(string Uid, string? Path, string Reason, string Message), ObjectKey> _known = [];
    private long _number = time.GetUtcNow().Ticks;

    /// <summary>Records what happened to an object, or to one container of it.</summary>
    public void Record(JsonObject about, string component, string type, string reason, string message, string? container = null)
    {
        var path = container is null ? null : $"spec.containers{{{container}}}";
        var identity = (about.Text("metadata", "uid")!, path, reason, message);
        var now = Timestamps.Seconds(time.GetUtcNow());
        if (_known.TryGetValue(identity, out var key) && writer.Change(key, null, value => Repeat(value, now)) is not null)
        {
            return;
        }

        var name = $"{about.Text("metadata", "name")}.{Interlocked.Increment(ref _number):x}";
        var created = store.TryCreate(catalog.Events, New(about, component, type, reason, message, path, now, name));
        if (created is not null)
        {
            _known[identity] = created.Key;
        }
    }

    private static void Repeat(JsonObject value, string now)
    {
        value["count"] = (value.Integer("count") ?? 1) + 1;
        value["lastTimestamp"] = now;
    }

    private static JsonObject New(
        JsonObject about, string component, string type, string reason, string message, string? path, string now, string name)
    {
        var space = about.Text("metadata", "namespace") ?? "default";
        var involved = new JsonObject
        {
            ["kind"] = about.Text("kind"),
            ["namespace"] = space,
            ["name"] = about.Text("metadata", "name"),
            ["uid"] = about.Text("metadata", "uid"),
            ["apiVersion"] = about.Text("apiVersion"),
            ["resourceVersion"] = about.Text("metadata", "resourceVersion"),
        };
        var source = new JsonObject { ["component"] = component };
        if (component == "kubelet")
        {
            source["host"] = about.Text("spec", "nodeName");
        }

        if (path is not null)
        {
            involved["fieldPath"] = path;
        }

        return new JsonObject
        {
            ["kind"] = "Event",
            ["apiVersion"] = "v1",
            ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = space, ["uid"] = Guid.NewGuid().ToString(), ["creationTimestamp"] = now },
            ["involvedObject"] = involved,
            ["reason"] = reason,
            ["message"] = message,
            ["source"] = source,
            ["firstTimestamp"] = now,
            ["lastTimestamp"] = now,
            ["count"] = 1,
            ["type"] = type,
            ["eventTime"] = null,
            ["reportingComponent"] = string.Empty,
            ["reportingInstance"] = string.Empty,
        };
    }
}
