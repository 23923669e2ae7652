using System.Globalization;
using System.Text.Json.Nodes;

namespace InfraGate.RealParts.Kubelet;

/// <summary>Builds Pod statuses as a kubelet reports them.</summary>
internal sealed class PodStatus(JsonObject pod, PodScript script, string podIp)
{
    private readonly string _started = Now();

    public static string Now() => DateTime.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>The scheduler found no node.</summary>
    public static JsonObject Unschedulable(string why) => Patch(new JsonObject
    {
        ["conditions"] = new JsonArray(Condition("PodScheduled", met: false, "Unschedulable", why)),
    });

    /// <summary>Accepted by the node, containers not started yet.</summary>
    public JsonObject Creating() => Status("Pending", container => Waiting("ContainerCreating", message: null), isReady: _ => false);

    /// <summary>Started; ready only those that were ready at once (none).</summary>
    public JsonObject Started() => Status(Phase(), State, isReady: _ => false);

    /// <summary>Where the Pod settles: ready, or failing in the way its script says.</summary>
    public JsonObject Settled() => Status(Phase(), State, container => Behaviour(container) is ContainerBehaviour.Runs);

    public ContainerBehaviour Behaviour(JsonObject container) => script.Of((string)container["name"]!, (string)container["image"]!);

    private string Phase()
    {
        var behaviours = Containers("containers").Select(Behaviour).ToList();
        if (behaviours.TrueForAll(behaviour => behaviour is ContainerBehaviour.Completes))
            return "Succeeded";
        return behaviours.Exists(behaviour => behaviour is ContainerBehaviour.ImagePullBackOff or ContainerBehaviour.ConfigurationFails) ? "Pending" : "Running";
    }

    private JsonObject Status(string phase, Func<JsonObject, JsonObject> state, Func<JsonObject, bool> isReady)
    {
        var containers = Containers("containers").ToList();
        var unready = containers.Where(container => !isReady(container)).Select(container => (string)container["name"]!).ToList();
        var why = unready.Count == 0 ? null : $"containers with unready status: [{string.Join(' ', unready)}]";
        var reason = why is null ? null : "ContainersNotReady";
        return Patch(new JsonObject
        {
            ["phase"] = phase,
            ["hostIP"] = SimulatedNode.Address,
            ["podIP"] = podIp,
            ["podIPs"] = new JsonArray(new JsonObject { ["ip"] = podIp }),
            ["startTime"] = _started,
            ["conditions"] = new JsonArray(
                Condition("Initialized", met: true),
                Condition("Ready", why is null, reason, why),
                Condition("ContainersReady", why is null, reason, why),
                Condition("PodScheduled", met: true)),
            ["initContainerStatuses"] = Array(Containers("initContainers").Select(container => ContainerStatus(container, Ended(0, "Completed"), ready: true))),
            ["containerStatuses"] = Array(containers.Select(container => ContainerStatus(container, state(container), isReady(container)))),
        });
    }

    private JsonObject ContainerStatus(JsonObject container, JsonObject state, bool ready)
    {
        var behaviour = Behaviour(container);
        var runs = state.ContainsKey("running");
        var restarted = behaviour is ContainerBehaviour.CrashLoopBackOff or ContainerBehaviour.OomKilled or ContainerBehaviour.LivenessFails;
        return new JsonObject
        {
            ["name"] = (string)container["name"]!,
            ["image"] = (string)container["image"]!,
            ["imageID"] = runs ? $"simulated://{(string)container["image"]!}" : "",
            ["containerID"] = runs ? $"simulated://{(string)pod["metadata"]!["uid"]!}/{(string)container["name"]!}" : "",
            ["ready"] = ready,
            ["started"] = runs,
            ["restartCount"] = restarted ? script.Restarts : 0,
            ["state"] = state,
            ["lastState"] = restarted ? LastEnd(behaviour) : new JsonObject(),
        };
    }

    private JsonObject State(JsonObject container) => Behaviour(container) switch
    {
        ContainerBehaviour.ImagePullBackOff => Waiting("ImagePullBackOff", $"Back-off pulling image \"{(string)container["image"]!}\""),
        ContainerBehaviour.CrashLoopBackOff or ContainerBehaviour.OomKilled => Waiting(
            "CrashLoopBackOff",
            $"back-off 40s restarting failed container={(string)container["name"]!} pod={(string)pod["metadata"]!["name"]!}_{(string)pod["metadata"]!["namespace"]!}"
                + $"({(string)pod["metadata"]!["uid"]!})"),
        ContainerBehaviour.ConfigurationFails => Waiting("CreateContainerConfigError", PodEvents.MissingConfiguration(container)),
        ContainerBehaviour.Completes => Ended(0, "Completed"),
        _ => new JsonObject { ["running"] = new JsonObject { ["startedAt"] = _started } },
    };

    private JsonObject LastEnd(ContainerBehaviour behaviour) => behaviour switch
    {
        ContainerBehaviour.OomKilled => Ended(137, "OOMKilled"),
        ContainerBehaviour.LivenessFails => Ended(137, "Error"),
        _ => Ended(script.ExitCode, "Error", script.Signal),
    };

    private JsonObject Ended(int exitCode, string reason, int? signal = null)
    {
        var terminated = new JsonObject { ["exitCode"] = exitCode, ["reason"] = reason, ["startedAt"] = _started, ["finishedAt"] = _started };
        if (signal is not null)
            terminated["signal"] = signal;
        return new JsonObject { ["terminated"] = terminated };
    }

    private static JsonObject Waiting(string reason, string? message)
    {
        var waiting = new JsonObject { ["reason"] = reason };
        if (message is not null)
            waiting["message"] = message;
        return new JsonObject { ["waiting"] = waiting };
    }

    private static JsonObject Condition(string type, bool met, string? reason = null, string? message = null)
    {
        var condition = new JsonObject { ["type"] = type, ["status"] = met ? "True" : "False", ["lastTransitionTime"] = Now() };
        if (reason is not null)
            (condition["reason"], condition["message"]) = (reason, message);
        return condition;
    }

    private IEnumerable<JsonObject> Containers(string list) => pod["spec"]![list]?.AsArray().Select(container => container!.AsObject()) ?? [];

    private static JsonArray Array(IEnumerable<JsonObject> items) => new([.. items]);

    private static JsonObject Patch(JsonObject status) => new() { ["status"] = status };
}
