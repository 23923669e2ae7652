using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using InfraGate.Sandbox.Controllers;
using InfraGate.Sandbox.Hosting;
using InfraGate.Sandbox.Json;
using InfraGate.Sandbox.Registry;
using InfraGate.Sandbox.Resources;
using InfraGate.Sandbox.Storage;

namespace InfraGate.Sandbox.Kubelet;

/// <summary>Scheduler and kubelet in one: places Pods on the node, runs their containers as their images say, stops them.</summary>
internal sealed class SimulatedNode(
    ObjectStore store,
    ResourceCatalog catalog,
    SystemWriter writer,
    ContainerStages stages,
    ContainerBehaviour behaviour,
    EventRecorder events,
    SandboxOptions options,
    TimeProvider time) : Controller
{
    public const string Name = "sandbox-node-1";
    private const string Manager = "kubelet";
    private const double SchedulableProcessors = 64;

    private static readonly Dictionary<string, string> Labels = new()
    {
        ["kubernetes.io/hostname"] = Name,
        ["kubernetes.io/os"] = "linux",
        ["kubernetes.io/arch"] = "amd64",
    };

    private readonly ConcurrentDictionary<string, PodRun> _runs = [];
    private int _address;

    public override IEnumerable<ObjectKey> Concerned(StoreEvent write)
    {
        if (write.Key.Type == catalog.Pods)
        {
            return [write.Key];
        }

        // A Pod that waits for a ConfigMap is looked at again when one appears.
        return write is { Before: null, After: not null } && write.Key.Type == catalog.ConfigMaps
            ? store.Snapshot(catalog.Pods).In(write.Key.Namespace).Where(pod => pod.Fields["status.phase"] == "Pending").Select(pod => pod.Key)
            : [];
    }

    public override TimeSpan? Reconcile(ObjectKey key)
    {
        if (store.Find(key) is not { } stored)
        {
            return null;
        }

        var pod = stored.Parse();
        var now = time.GetUtcNow();
        if (pod.Text("spec", "nodeName") is not { Length: > 0 })
        {
            return stored.Terminating ? null : Schedule(key, pod, now);
        }

        if (!stored.Terminating && (IsFinished(pod) || (pod.Text("status", "phase") == "Running" && !_runs.ContainsKey(stored.Uid))))
        {
            return null;
        }

        var run = _runs.GetOrAdd(stored.Uid, _ => Start(pod, now));
        if (stored.Terminating)
        {
            return Stop(key, stored.Uid, pod, run, now);
        }

        foreach (var container in run.Containers)
        {
            stages.Advance(pod, run, container, now);
        }

        writer.Change(key, Manager, value => Report(value, run, now), status: true);
        return run.NextDue is { } due ? Until(due) : null;
    }

    /// <summary>Writes how the Pod runs, unless somebody has ended it meanwhile, as an eviction does.</summary>
    private static void Report(JsonObject pod, PodRun run, DateTimeOffset now)
    {
        if (!IsFinished(pod))
        {
            run.Render(pod, now);
        }
    }

    private static bool IsFinished(JsonObject pod) => pod.Text("status", "phase") is "Succeeded" or "Failed";

    /// <summary>Why the Pod fits on no node, in the scheduler's words; null when it fits.</summary>
    private static string? WhyNot(JsonObject pod)
    {
        if (RequestedProcessors(pod) > SchedulableProcessors)
        {
            return "0/1 nodes are available: 1 Insufficient cpu.";
        }

        var isSelected = (pod.Object("spec", "nodeSelector") ?? []).All(wanted => Labels.GetValueOrDefault(wanted.Key) == wanted.Value?.GetValue<string>());
        return isSelected ? null : "0/1 nodes are available: 1 node(s) didn't match node selector.";
    }

    private static double RequestedProcessors(JsonObject pod) => pod.Items("spec", "containers").Sum(container =>
        Validation.Quantity.TryParse(container.Object("resources", "requests")?["cpu"], out var amount) ? amount : 0);

    private TimeSpan Until(DateTimeOffset due)
    {
        var wait = due - time.GetUtcNow();
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }

    private TimeSpan? Schedule(ObjectKey key, JsonObject pod, DateTimeOffset now)
    {
        if (WhyNot(pod) is { } problem)
        {
            events.Record(pod, "default-scheduler", "Warning", "FailedScheduling", problem);
            writer.Change(key, "kube-scheduler", value => value.Ensure("status")["conditions"] = new JsonArray(new JsonObject
            {
                ["type"] = "PodScheduled",
                ["status"] = "False",
                ["reason"] = "Unschedulable",
                ["message"] = problem,
                ["lastTransitionTime"] = Timestamps.Seconds(now),
            }), status: true);
            return TimeSpan.FromMinutes(1);
        }

        writer.Change(key, manager: null, value => value.Ensure("spec").Default("nodeName", Name));
        events.Record(
            pod, "default-scheduler", "Normal", "Scheduled",
            $"Successfully assigned {key.Namespace}/{key.Name} to {Name}");
        return null;
    }

    private PodRun Start(JsonObject pod, DateTimeOffset now)
    {
        var number = Interlocked.Increment(ref _address);
        return new PodRun(
            $"10.244.{number / 250 % 250}.{(number % 250) + 2}",
            now,
            [.. pod.Items("spec", "containers").Select(container => new ContainerRun(container, behaviour.FateOf(container), now + options.ReadyDelay))]);
    }

    private TimeSpan? Stop(ObjectKey key, string uid, JsonObject pod, PodRun run, DateTimeOffset now)
    {
        if (run.StopDue is null)
        {
            run.StopDue = now + options.StopDelay;
            foreach (var container in run.Containers.Where(container => container.Stage == RunStage.Running))
            {
                events.Record(pod, Manager, "Normal", "Killing", $"Stopping container {container.Name}", container.Name);
            }
        }

        if (run.StopDue > now)
        {
            return Until(run.StopDue.Value);
        }

        if (pod.List("metadata", "finalizers") is { Count: > 0 })
        {
            // It stays until whoever holds it lets go, which is a write and brings us back.
            return null;
        }

        _runs.TryRemove(uid, out _);
        writer.Remove(key);
        return null;
    }
}
