using InfraGate.McpServer.Kubernetes;
using InfraGate.McpServer.Kubernetes.Models;

namespace InfraGate.McpServer.Inspection;

/// <summary>How far a Deployment's rollout is, judged as <c>kubectl rollout status</c> does.</summary>
/// <param name="State">available, progressing, degraded, stuck, paused or scaled-to-zero.</param>
/// <param name="Reason">Why, when it is not simply available.</param>
internal sealed record RolloutState(string State, string? Reason)
{
    public const string Available = "available";
    public const string Progressing = "progressing";
    public const string Degraded = "degraded";
    public const string Stuck = "stuck";
    public const string Paused = "paused";
    public const string ScaledToZero = "scaled-to-zero";

    public bool IsHealthy => State is Available or ScaledToZero;

    public static RolloutState Of(Deployment deployment)
    {
        var (spec, status) = (deployment.Spec, deployment.Status);
        var desired = spec.Replicas ?? 1;
        var failure = Find(deployment, "ReplicaFailure");
        if (deployment.Metadata.Generation > status.ObservedGeneration)
        {
            return new RolloutState(Progressing, "the controller has not seen the latest change yet");
        }

        if (failure is { Status: "True" })
        {
            return new RolloutState(Stuck, $"Pods cannot be created: {ClusterText.Redact(failure.Message ?? "")}");
        }

        if (Find(deployment, "Progressing") is { Reason: "ProgressDeadlineExceeded" })
        {
            return new RolloutState(Stuck, $"no progress within {spec.ProgressDeadlineSeconds ?? 600} s; {status.UpdatedReplicas} of {desired} updated, {status.AvailableReplicas} available");
        }

        if (spec.Paused && (status.UpdatedReplicas < desired || status.AvailableReplicas < desired))
        {
            return new RolloutState(Paused, $"the rollout is paused; {status.UpdatedReplicas} of {desired} updated");
        }

        return desired == 0 && status.Replicas == 0 ? new RolloutState(ScaledToZero, Reason: null) : Progress(deployment, desired);
    }

    private static RolloutState Progress(Deployment deployment, int desired)
    {
        var status = deployment.Status;
        if (status.UpdatedReplicas < desired)
        {
            return new RolloutState(Progressing, $"{status.UpdatedReplicas} of {desired} updated");
        }

        if (status.Replicas > status.UpdatedReplicas)
        {
            return new RolloutState(Progressing, $"{status.Replicas - status.UpdatedReplicas} old replicas still to end");
        }

        if (status.AvailableReplicas >= desired)
        {
            return new RolloutState(Available, Reason: null);
        }

        var finished = Find(deployment, "Progressing") is { Reason: "NewReplicaSetAvailable" };
        return new RolloutState(finished ? Degraded : Progressing, $"{status.AvailableReplicas} of {desired} available");
    }

    private static Condition? Find(Deployment deployment, string type) =>
        deployment.Status.Conditions?.FirstOrDefault(condition => string.Equals(condition.Type, type, StringComparison.Ordinal));
}
