using InfraGate.McpServer.Inspection;
using InfraGate.McpServer.Inspection.Caching;
using InfraGate.McpServer.Inspection.Status;

namespace InfraGate.McpServer.Tools.Reading;

/// <summary>The overview of a namespace: what runs, what does not, where to look. A label selector is left to the API server, so such a call is read live.</summary>
/// <param name="cache">Null to read everything live.</param>
internal sealed class GetStatusTool(ReadCache? cache) : ITool
{
    /// <summary>Both representations together.</summary>
    private const int Budget = 12 * 1024;
    private const int LongestList = 100;

    public ToolDefinition Definition { get; } = new()
    {
        Name = "get_k8s_status",
        Title = "Namespace status",
        Description = "Overview of a namespace: Deployments with rollout state and Pods grouped by state, Services with ready endpoints, ConfigMap keys and sizes, ReplicaSets. Troubled first. Start here. 'observed' (absent when read live): not older than that.",
        Effect = ToolEffect.Reads,
        Parameters = [ToolParameter.Namespace, ToolParameter.LabelSelector],
        OutputProperties = """
            "namespace":{"type":"string"},"summary":{"type":"string"},"observed":{"type":"string"},"deployments":{"type":"array","items":{"type":"object"}},"otherPods":{"type":"array","items":{"type":"object"}},"replicaSets":{"type":"array","items":{"type":"object"}},"services":{"type":"array","items":{"type":"object"}},"configMaps":{"type":"array","items":{"type":"object"}},"omitted":{"type":"array","items":{"type":"string"}}
            """,
        UntrustedProperties = ["images", "reason"],
    };

    public async Task<ToolAnswer> InvokeAsync(ToolArguments arguments, ToolCall call, CancellationToken cancellationToken)
    {
        var client = call.Scope;
        var labelSelector = arguments.TextOrNull("labelSelector");
        return cache is not null && string.IsNullOrEmpty(labelSelector)
            ? await cache.Of(client).StatusAsync(client, snapshot => Answer(client.Namespace, snapshot), cancellationToken)
            : Answer(client.Namespace, await StatusSnapshot.ReadAsync(client, labelSelector, cancellationToken));
    }

    private static ToolAnswer Answer(string ns, StatusSnapshot snapshot) =>
        BoundedAnswer.Fit(Budget, LongestList, new StatusBuilder(ns, snapshot).Build, InspectionJson.Default.NamespaceStatus);
}
