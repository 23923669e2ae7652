using System.Text.Json.Nodes;

namespace InfraGate.McpServer.Planning.Objects;

/// <summary>
/// What is part of every object in the cluster and of no one's intent: bookkeeping of the API server and its controllers. It is never compared, never shown
/// and never sealed; <c>last-applied-configuration</c> would also leak what masking hides.
/// </summary>
internal static class ObjectNoise
{
    private static readonly string[] Metadata = ["managedFields", "resourceVersion", "uid", "generation", "creationTimestamp", "selfLink", "deletionGracePeriodSeconds", "clusterName"];

    private static readonly string[] Annotations =
    [
        "kubectl.kubernetes.io/last-applied-configuration",
        "deployment.kubernetes.io/revision",
        "deployment.kubernetes.io/revision-history",
        "deployment.kubernetes.io/desired-replicas",
        "deployment.kubernetes.io/max-replicas",
        "endpoints.kubernetes.io/last-change-trigger-time",
        "control-plane.alpha.kubernetes.io/leader",
    ];

    /// <summary>A copy without noise.</summary>
    public static JsonObject Remove(JsonObject found)
    {
        var result = found.DeepClone().AsObject();
        result.Remove("status");
        if (result["metadata"] is not JsonObject metadata)
        {
            return result;
        }

        foreach (var field in Metadata)
        {
            metadata.Remove(field);
        }

        RemoveAnnotations(metadata);
        if (result.At("spec", "template", "metadata") is JsonObject template && template.ContainsKey("creationTimestamp"))
        {
            template.Remove("creationTimestamp");
        }

        return result;
    }

    private static void RemoveAnnotations(JsonObject metadata)
    {
        if (metadata["annotations"] is not JsonObject annotations)
        {
            return;
        }

        foreach (var name in Annotations)
        {
            annotations.Remove(name);
        }

        // An object that has only controllers' annotations equals one that has none.
        if (annotations.Count == 0)
        {
            metadata.Remove("annotations");
        }
    }
}
