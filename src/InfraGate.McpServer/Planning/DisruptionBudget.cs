using System.Text.Json;
using System.Text.Json.Nodes;
using InfraGate.McpServer.Kubernetes;
using InfraGate.McpServer.Kubernetes.Models;
using InfraGate.McpServer.Planning.Objects;

namespace InfraGate.McpServer.Planning;

/// <summary>A PodDisruptionBudget of any served version.</summary>
/// <param name="Selector">Null when it selects no Pod.</param>
internal sealed record DisruptionBudget(string Name, LabelSelector? Selector, JsonNode? MinAvailable, JsonNode? MaxUnavailable)
{
    /// <summary>An empty selector selects every Pod in policy/v1 and none in policy/v1beta1 (https://kubernetes.io/docs/tasks/run-application/configure-pdb/).</summary>
    public static DisruptionBudget Of(ApiResource version, JsonObject found)
    {
        var selector = found.At("spec", "selector")?.Deserialize(KubernetesJson.Default.LabelSelector);
        return new DisruptionBudget(
            found.TextAt("metadata", "name") ?? "",
            version.Version is "v1beta1" && selector is { IsEmpty: true } ? null : selector,
            found.At("spec", "minAvailable")?.DeepClone(),
            found.At("spec", "maxUnavailable")?.DeepClone());
    }
}
