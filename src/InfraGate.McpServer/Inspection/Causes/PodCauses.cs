using InfraGate.McpServer.Inspection.Events;
using InfraGate.McpServer.Kubernetes.Models;

namespace InfraGate.McpServer.Inspection.Causes;

/// <summary>Recognises why a Pod is not well, from its status and its events.</summary>
internal sealed class PodCauses(Pod pod, IReadOnlyList<EventGroup> events, TimeProvider time)
{
    /// <summary>A Pod may take so long beyond its grace period before it counts as stuck.</summary>
    private static readonly TimeSpan TerminationMargin = TimeSpan.FromSeconds(30);
    private readonly string _object = $"Pod/{pod.Metadata.Name}";

    public IEnumerable<Cause> Find()
    {
        if (Terminating() is { } stuck)
        {
            return [stuck];
        }

        if (pod.Metadata.DeletionTimestamp is not null || pod.Status.Phase is "Succeeded")
        {
            return [];
        }

        var containers = (pod.Status.InitContainerStatuses ?? []).Concat(pod.Status.ContainerStatuses ?? []);
        Cause?[] ofPod = [Unschedulable(), Evicted()];
        return ofPod.OfType<Cause>().Concat(containers.SelectMany(status => new ContainerCauses(pod, status, events, time.GetUtcNow()).Find()));
    }

    private Cause? Terminating()
    {
        if (pod.Metadata.DeletionTimestamp is not { } deadline || time.GetUtcNow() < deadline + TerminationMargin)
        {
            return null;
        }

        var finalizers = pod.Metadata.Finalizers is { Count: > 0 } list ? list : null;
        return new Cause(
            CauseSeverity.Warning,
            Cause.StuckTerminating,
            [_object],
            finalizers is null
                ? $"should have ended at {Describe.Time(deadline)} and has not; its node {pod.Spec.NodeName ?? "(none)"} may not answer"
                : $"should have ended at {Describe.Time(deadline)}; finalizers hold it: {string.Join(", ", finalizers)}",
            [$"deletionTimestamp {Describe.Time(deadline)}", .. finalizers is null ? Array.Empty<string>() : [$"finalizers {string.Join(", ", finalizers)}"]],
            finalizers is null
                ? "Ask whoever runs the cluster to look at the node; the Pod is replaced meanwhile."
                : "Ask the owner of the finalizer; InfraGate does not remove finalizers.");
    }

    private Cause? Unschedulable()
    {
        if (pod.Status.Conditions?.FirstOrDefault(condition => condition is { Type: "PodScheduled", Status: "False" }) is not { } condition)
        {
            return null;
        }

        var requests = (pod.Spec.Containers ?? []).Where(container => container.Resources?.Requests is { Count: > 0 })
            .Select(container => $"{container.Name} requests {Describe.Map(container.Resources!.Requests!)}");
        var selector = pod.Spec.NodeSelector is { Count: > 0 } map ? (string[])[$"nodeSelector {Describe.Map(map)}"] : [];
        return new Cause(
            CauseSeverity.Critical,
            Cause.Unschedulable,
            [_object],
            $"no node takes it: {condition.Message ?? condition.Reason}",
            [$"PodScheduled=False {condition.Reason}: {condition.Message}", .. requests.Take(1), .. selector],
            "Lower the requests or change nodeSelector, affinity or tolerations with request_apply_manifest; or ask for nodes.");
    }

    private Cause? Evicted() => pod.Status is { Phase: "Failed", Reason: { Length: > 0 } reason }
        ? new Cause(
            CauseSeverity.Warning,
            Cause.Evicted,
            [_object],
            $"ended by the node: {reason}",
            [$"{reason}: {pod.Status.Message}"],
            "Set requests close to real use with request_apply_manifest; the owner has replaced the Pod.")
        : null;
}
