using InfraGate.McpServer.Kubernetes.Models;

namespace InfraGate.McpServer.Inspection.Status;

/// <summary>What a status says of single objects, before it is known which Pods and endpoints belong to them.</summary>
internal static class StatusLines
{
    private const int MaxKeys = 12;

    public static DeploymentLine Of(Deployment deployment)
    {
        var rollout = RolloutState.Of(deployment);
        return new DeploymentLine
        {
            Name = deployment.Metadata.Name,
            State = rollout.State,
            Reason = rollout.Reason is null ? null : Bounded.Text(rollout.Reason, 160),
            Desired = deployment.Spec.Replicas ?? 1,
            Ready = deployment.Status.ReadyReplicas,
            Updated = deployment.Status.UpdatedReplicas,
            Available = deployment.Status.AvailableReplicas,
            Images = [.. (deployment.Spec.Template.Spec.Containers ?? []).Select(container => container.Image ?? "")],
            Pods = "none",
        };
    }

    public static ServiceLine Of(Service service)
    {
        var hasEndpoints = service.Spec.Type is not "ExternalName" && service.Spec.Selector is { Count: > 0 };
        return new ServiceLine(
            service.Metadata.Name,
            service.Spec.Type ?? "ClusterIP",
            Bounded.OrNull(service.Spec.Ports?.Select(Describe.Port).ToList() ?? []),
            hasEndpoints ? 0 : null,
            NotReady: null);
    }

    public static ConfigMapLine Of(ConfigMap map)
    {
        var sizes = (map.Data ?? new Dictionary<string, int>(StringComparer.Ordinal)).Concat(map.BinaryData ?? new Dictionary<string, int>(StringComparer.Ordinal)).ToList();
        var keys = sizes.Take(MaxKeys).Select(size => $"{size.Key} {size.Value}").ToList();
        if (sizes.Count > MaxKeys)
        {
            keys.Add($"{sizes.Count - MaxKeys} more");
        }

        return new ConfigMapLine(map.Metadata.Name, sizes.Sum(size => size.Value), keys);
    }
}
