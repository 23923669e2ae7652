using System.Text.Json.Nodes;
using InfraGate.Sandbox.Json;
using InfraGate.Sandbox.Registry;
using InfraGate.Sandbox.Storage;

namespace InfraGate.Sandbox.Controllers;

/// <summary>Writes a Deployment's status: counts and the conditions Available, Progressing and ReplicaFailure.</summary>
internal sealed class DeploymentStatus(SystemWriter writer, TimeProvider time)
{
    private const string Manager = "kube-controller-manager";

    /// <summary>Writes the status; answers when the progress deadline has to be looked at, or null.</summary>
    public TimeSpan? Write(ObjectKey key, Rollout rollout)
    {
        TimeSpan? deadline = null;
        writer.Change(
            key,
            Manager,
            value =>
            {
                var before = value.Object("status") ?? [];
                var status = Counts(value, rollout);
                var available = Available(before, rollout);
                var progressing = Progressing(before, status, rollout, out deadline);
                status["conditions"] = new JsonArray([.. new[] { available, progressing, Failure(rollout) }.OfType<JsonObject>()]);
                value["status"] = status;
            },
            status: true);
        return deadline;
    }

    private static JsonObject Counts(JsonObject deployment, Rollout rollout)
    {
        var total = rollout.All.Sum(set => set.ActualReplicas);
        var status = new JsonObject { ["observedGeneration"] = deployment.Integer("metadata", "generation") ?? 1 };
        Add(status, "replicas", total);
        Add(status, "updatedReplicas", rollout.New?.ActualReplicas ?? 0);
        Add(status, "readyReplicas", rollout.All.Sum(set => set.Ready));
        Add(status, "availableReplicas", rollout.AvailableReplicas);
        Add(status, "unavailableReplicas", Math.Max(0, rollout.TotalReplicas - rollout.AvailableReplicas));
        return status;
    }

    private static void Add(JsonObject status, string name, int count)
    {
        if (count > 0)
        {
            status[name] = count;
        }
    }

    private static bool IsComplete(JsonObject status, Rollout rollout) =>
        (status.Integer("updatedReplicas") ?? 0) == rollout.Replicas
        && (status.Integer("replicas") ?? 0) == rollout.Replicas
        && (status.Integer("availableReplicas") ?? 0) == rollout.Replicas
        && rollout.New is not null;

    private static bool MadeProgress(JsonObject before, JsonObject status)
    {
        static long Old(JsonObject status) => (status.Integer("replicas") ?? 0) - (status.Integer("updatedReplicas") ?? 0);
        return (status.Integer("updatedReplicas") ?? 0) > (before.Integer("updatedReplicas") ?? 0)
            || Old(status) < Old(before)
            || (status.Integer("readyReplicas") ?? 0) > (before.Integer("readyReplicas") ?? 0)
            || (status.Integer("availableReplicas") ?? 0) > (before.Integer("availableReplicas") ?? 0);
    }

    private static JsonObject? Find(JsonObject status, string type) => status.Items("conditions").FirstOrDefault(item => item.Text("type") == type);

    /// <summary>What the ReplicaSets say of Pods that they were refused, the present one first.</summary>
    private static JsonObject? Failure(Rollout rollout)
    {
        var sets = rollout.New is { } present ? rollout.Old.Prepend(present) : rollout.Old;
        var failure = sets.SelectMany(set => set.Value.Items("status", "conditions")).FirstOrDefault(condition => condition.Text("type") == "ReplicaFailure");
        if (failure is null)
        {
            return null;
        }

        var copy = (JsonObject)failure.DeepClone();
        copy["lastUpdateTime"] = copy.Text("lastTransitionTime");
        return copy;
    }

    private JsonObject Available(JsonObject before, Rollout rollout)
    {
        var enough = rollout.AvailableReplicas >= rollout.Replicas - rollout.MaxUnavailable;
        return enough
            ? Condition(before, "Available", "True", "MinimumReplicasAvailable", "Deployment has minimum availability.")
            : Condition(before, "Available", "False", "MinimumReplicasUnavailable", "Deployment does not have minimum availability.");
    }

    private JsonObject? Progressing(JsonObject before, JsonObject status, Rollout rollout, out TimeSpan? deadline)
    {
        deadline = null;
        var former = Find(before, "Progressing");
        var name = rollout.New is { } present ? $"ReplicaSet \"{present.Key.Name}\"" : $"Deployment \"{rollout.Deployment.Text("metadata", "name")}\"";
        if (rollout.Paused)
        {
            return Condition(before, "Progressing", "Unknown", "DeploymentPaused", "Deployment is paused");
        }

        if (IsComplete(status, rollout))
        {
            return Condition(before, "Progressing", "True", "NewReplicaSetAvailable", $"{name} has successfully progressed.");
        }

        if (former is null || former.Text("reason") is "NewReplicaSetAvailable" or "DeploymentPaused" || MadeProgress(before, status))
        {
            deadline = Deadline(rollout);
            return Condition(before, "Progressing", "True", "ReplicaSetUpdated", $"{name} is progressing.", touched: true);
        }

        var waited = time.GetUtcNow() - (Timestamps.Parse(former.Text("lastUpdateTime")) ?? time.GetUtcNow());
        if (former.Text("reason") == "ProgressDeadlineExceeded" || waited >= Deadline(rollout))
        {
            return Condition(before, "Progressing", "False", "ProgressDeadlineExceeded", $"{name} has timed out progressing.");
        }

        deadline = Deadline(rollout) - waited + TimeSpan.FromSeconds(1);
        return (JsonObject)former.DeepClone();
    }

    private static TimeSpan Deadline(Rollout rollout) => TimeSpan.FromSeconds(rollout.Deployment.Integer("spec", "progressDeadlineSeconds") ?? 600);

    /// <summary>A condition; its times move only when its status or reason do, or when progress touches it.</summary>
    private JsonObject Condition(JsonObject before, string type, string holds, string reason, string message, bool touched = false)
    {
        var old = Find(before, type);
        var now = Timestamps.Seconds(time.GetUtcNow());
        var same = old?.Text("status") == holds && old.Text("reason") == reason && !touched;
        return new JsonObject
        {
            ["type"] = type,
            ["status"] = holds,
            ["lastUpdateTime"] = same ? old!.Text("lastUpdateTime") : now,
            ["lastTransitionTime"] = old?.Text("status") == holds ? old.Text("lastTransitionTime") : now,
            ["reason"] = reason,
            ["message"] = message,
        };
    }
}
