using InfraGate.McpServer.Inspection.Events;
using InfraGate.McpServer.Kubernetes.Models;

namespace InfraGate.McpServer.Inspection.Causes;

/// <summary>Recognises what holds a Deployment up beyond its Pods: refusals, deadlines, autoscaling.</summary>
internal sealed class DeploymentCauses(Deployment deployment, IReadOnlyList<ReplicaSet> replicaSets, IReadOnlyList<EventGroup> events, Autoscaler? autoscaler)
{
    private readonly string _object = $"Deployment/{deployment.Metadata.Name}";

    public IEnumerable<Cause> Find()
    {
        Cause?[] causes = [Refused(), Stuck(), PausedRollout(), Autoscaled(), Zero()];
        return causes.OfType<Cause>();
    }

    /// <summary>Pods that the API server would not create.</summary>
    private Cause? Refused()
    {
        var conditions = (deployment.Status.Conditions ?? []).Concat(replicaSets.SelectMany(set => set.Status.Conditions ?? []))
            .Where(condition => condition is { Type: "ReplicaFailure", Status: "True" }).Select(condition => condition.Message ?? "").ToList();
        if (conditions.Count == 0)
        {
            return null;
        }

        var notes = events.Where(group => group is { Kind: "ReplicaSet", Reason: "FailedCreate" }).SelectMany(group => group.Notes).ToList();
        var message = conditions[0];
        var isQuota = message.Contains("exceeded quota", StringComparison.Ordinal) || message.Contains("failed quota", StringComparison.Ordinal);
        return new Cause(
            CauseSeverity.Critical,
            isQuota ? Cause.QuotaRefused : Cause.AdmissionRefused,
            [_object],
            $"{(isQuota ? "a quota of the namespace refuses new Pods" : "admission refuses new Pods")}: {message}",
            [$"ReplicaFailure: {message}", .. notes.Take(1).Select(note => $"FailedCreate {note.Count} times: {note.Text}")],
            isQuota
                ? "request_scale_deployment to fewer replicas, lower the requests with request_apply_manifest, or ask for a larger quota."
                : "Change what the rule names with request_apply_manifest.");
    }

    private Cause? Stuck()
    {
        if (deployment.Status.Conditions?.FirstOrDefault(condition => condition is { Type: "Progressing", Reason: "ProgressDeadlineExceeded" }) is not { } condition)
        {
            return null;
        }

        return new Cause(
            CauseSeverity.Critical,
            Cause.RolloutStuck,
            [_object],
            $"the rollout has made no progress for {deployment.Spec.ProgressDeadlineSeconds ?? 600} s: {deployment.Status.UpdatedReplicas} of {deployment.Spec.Replicas ?? 1} updated, {deployment.Status.AvailableReplicas} available",
            [$"Progressing={condition.Status} {condition.Reason}: {condition.Message}"],
            "Mend the cause in its new Pods, or go back: request_set_deployment_image with the image of the older ReplicaSet.");
    }

    private Cause? PausedRollout() => deployment.Spec.Paused
        ? new Cause(CauseSeverity.Info, Cause.RolloutPaused, [_object], "the rollout is paused: changes of the template wait", ["spec.paused=true"], "Set spec.paused to false with request_apply_manifest.")
        : null;

    private Cause? Autoscaled()
    {
        if (autoscaler is null)
        {
            return null;
        }

        var spec = autoscaler.Spec;
        return new Cause(
            CauseSeverity.Info,
            Cause.AutoscalerInCharge,
            [$"HorizontalPodAutoscaler/{autoscaler.Metadata.Name}"],
            $"an autoscaler decides the replicas, from {spec.MinReplicas ?? 1} to {spec.MaxReplicas}",
            [$"scaleTargetRef {spec.ScaleTargetRef?.Kind}/{spec.ScaleTargetRef?.Name} current={autoscaler.Status?.CurrentReplicas ?? 0} desired={autoscaler.Status?.DesiredReplicas ?? 0}"],
            "Do not scale by hand: it would be undone. Change the autoscaler's bounds instead.");
    }

    private Cause? Zero() => deployment.Spec.Replicas is 0
        ? new Cause(CauseSeverity.Info, Cause.ScaledToZero, [_object], "it is scaled to zero, so nothing runs", ["spec.replicas=0"], $"request_scale_deployment name={deployment.Metadata.Name} if it should run.")
        : null;
}
