using InfraGate.McpServer.Inspection;
using InfraGate.McpServer.Inspection.Resources;

namespace InfraGate.McpServer.Tools.Reading;

/// <summary>One object.</summary>
internal sealed class GetResourceTool : ITool
{
    private const int Budget = 16 * 1024;
    private const int LongestList = 60;

    public ToolDefinition Definition { get; } = new()
    {
        Name = "get_k8s_resource",
        Title = "One object",
        Description = "One object in detail. ConfigMap values are never shown, only keys and sizes; environment values that look secret appear as fingerprints; Secrets are refused.",
        Effect = ToolEffect.Reads,
        Parameters =
        [
            ToolParameter.Namespace,
            new ToolParameter("kind", ToolParameterType.Text, "Deployment, ReplicaSet, Pod, Service or ConfigMap") { Required = true, MaxLength = 63 },
            ToolParameter.ObjectName(),
        ],
        OutputProperties = """
            "namespace":{"type":"string"},"kind":{"type":"string"},"name":{"type":"string"},"created":{"type":"string"},"deleting":{"type":"string"},"generation":{"type":"integer"},"owner":{"type":"string"},"labels":{"type":"object"},"annotations":{"type":"object"},"workload":{"type":"object"},"pod":{"type":"object"},"service":{"type":"object"},"configMap":{"type":"object"},"omitted":{"type":"array","items":{"type":"string"}}
            """,
        UntrustedProperties = ["labels", "annotations", "image", "command", "args", "env", "conditions", "containerStates"],
    };

    public async Task<ToolAnswer> InvokeAsync(ToolArguments arguments, ToolCall call, CancellationToken cancellationToken)
    {
        var view = await ResourceReader.ReadAsync(call.Scope, arguments.Text("kind"), arguments.Text("name"), cancellationToken);
        return BoundedAnswer.Fit(Budget, LongestList, view, InspectionJson.Default.ResourceView);
    }
}
