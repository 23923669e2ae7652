using System.Text.Json.Nodes;
using InfraGate.Sandbox.Json;

namespace InfraGate.Sandbox.Kubelet;

/// <summary>A Pod as the simulated node runs it.</summary>
internal sealed class PodRun(string address, DateTimeOffset startTime, IReadOnlyList<ContainerRun> containers)
{
    public IReadOnlyList<ContainerRun> Containers { get; } = containers;

    /// <summary>When it will have stopped; null while nobody has asked it to.</summary>
    public DateTimeOffset? StopDue { get; set; }

    /// <summary>Whether it has said that a volume cannot be mounted.</summary>
    public bool MountReported { get; set; }

    /// <summary>When something happens next of itself.</summary>
    public DateTimeOffset? NextDue => Containers.Select(container => container.Due).Append(StopDue).Where(due => due is not null).Min();

    /// <summary>Writes phase, conditions and container statuses; conditions keep the time of their last change.</summary>
    public void Render(JsonObject pod, DateTimeOffset now)
    {
        var status = pod.Ensure("status");
        var unready = Containers.Where(container => !container.Ready).Select(container => container.Name).ToList();
        var running = Containers.Any(container => container.Stage is RunStage.Running or RunStage.Waiting);
        status["phase"] = running ? "Running" : "Pending";
        var problem = unready.Count == 0 ? null : $"containers with unready status: [{string.Join(' ', unready)}]";
        var before = status.List("conditions");
        status["conditions"] = new JsonArray(
            Condition(before, "Initialized", problem: null, now),
            Condition(before, "Ready", problem, now),
            Condition(before, "ContainersReady", problem, now),
            Condition(before, "PodScheduled", problem: null, now));
        status["hostIP"] = "192.168.49.2";
        status["podIP"] = address;
        status["podIPs"] = new JsonArray(new JsonObject { ["ip"] = address });
        status["startTime"] = Timestamps.Seconds(startTime);
        status["containerStatuses"] = new JsonArray([.. Containers.Select(container => container.ToStatus())]);
        var initial = pod.Items("spec", "initContainers").Select(item => Finished(item, startTime)).ToArray();
        if (initial.Length > 0)
        {
            status["initContainerStatuses"] = new JsonArray(initial);
        }
    }

    private static JsonObject Condition(JsonArray? before, string type, string? problem, DateTimeOffset now)
    {
        var holds = problem is null ? "True" : "False";
        var old = before?.OfType<JsonObject>().FirstOrDefault(item => item.Text("type") == type);
        var condition = new JsonObject
        {
            ["type"] = type,
            ["status"] = holds,
            ["lastProbeTime"] = null,
            ["lastTransitionTime"] = old?.Text("status") == holds ? old.Text("lastTransitionTime") : Timestamps.Seconds(now),
        };
        if (problem is not null)
        {
            condition["reason"] = "ContainersNotReady";
            condition["message"] = problem;
        }

        return condition;
    }

    private static JsonObject Finished(JsonObject container, DateTimeOffset time) => new()
    {
        ["name"] = container.Text("name"),
        ["state"] = new JsonObject
        {
            ["terminated"] = new JsonObject
            {
                ["exitCode"] = 0,
                ["reason"] = "Completed",
                ["startedAt"] = Timestamps.Seconds(time),
                ["finishedAt"] = Timestamps.Seconds(time),
            },
        },
        ["lastState"] = new JsonObject(),
        ["ready"] = true,
        ["restartCount"] = 0,
        ["image"] = container.Text("image"),
        ["imageID"] = string.Empty,
    };
}
