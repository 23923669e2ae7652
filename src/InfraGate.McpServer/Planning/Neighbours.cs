using System.Text.Json.Nodes;
using InfraGate.McpServer.Planning.Findings;
using InfraGate.McpServer.Planning.Objects;

namespace InfraGate.McpServer.Planning;

/// <summary>A Deployment that is there already.</summary>
/// <param name="ConfigMaps">The ConfigMaps that its Pods use.</param>
internal sealed record NeighbourDeployment(string Name, IReadOnlyList<string> ConfigMaps)
{
    public static NeighbourDeployment Of(JsonObject deployment) => new(deployment.TextAt("metadata", "name") ?? "", PodTemplates.ConfigMaps(PodTemplates.PodSpec(deployment)));
}

/// <summary>A Service that is there already.</summary>
internal sealed record NeighbourService(string Name, IReadOnlyList<KeyValuePair<string, string>> Selector)
{
    public static NeighbourService Of(JsonObject service) => new(service.TextAt("metadata", "name") ?? "", [.. service.TextsAt("spec", "selector")]);
}

/// <summary>A HorizontalPodAutoscaler.</summary>
/// <param name="Deployment">The Deployment whose replicas it sets; null when it scales something else.</param>
internal sealed record NeighbourAutoscaler(string Name, string? Deployment, long Minimum, long? Maximum)
{
    public static NeighbourAutoscaler Of(JsonObject autoscaler) => new(
        autoscaler.TextAt("metadata", "name") ?? "",
        autoscaler.TextAt("spec", "scaleTargetRef", "kind") == ObjectKind.Deployment.Name ? autoscaler.TextAt("spec", "scaleTargetRef", "name") : null,
        autoscaler.NumberAt("spec", "minReplicas") ?? 1,
        autoscaler.NumberAt("spec", "maxReplicas"));
}
