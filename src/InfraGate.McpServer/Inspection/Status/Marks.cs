namespace InfraGate.McpServer.Inspection.Status;

/// <summary>A Pod as an overview needs it.</summary>
/// <param name="Owner">Like <c>ReplicaSet/web-5d8</c>; empty for a Pod without one.</param>
internal sealed record PodMark(string Name, string Owner, PodState State)
{
    public static PodMark Of(Kubernetes.Models.PodBrief pod) => new(
        pod.Metadata.Name,
        pod.Metadata.Controller is { } owner ? $"{owner.Kind}/{owner.Name}" : "",
        PodState.Of(pod.Status, pod.Metadata.DeletionTimestamp is not null));
}

/// <summary>A ReplicaSet as an overview needs it.</summary>
/// <param name="Deployment">The Deployment it belongs to, if any.</param>
internal sealed record ReplicaSetMark(string Name, string? Deployment, int? Replicas, int Ready)
{
    public static ReplicaSetMark Of(Kubernetes.Models.ReplicaSet set) => new(
        set.Metadata.Name, set.Metadata.Controller is { Kind: "Deployment" } owner ? owner.Name : null, set.Spec.Replicas, set.Status.ReadyReplicas);
}
