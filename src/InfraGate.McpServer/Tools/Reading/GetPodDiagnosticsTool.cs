using InfraGate.McpServer.Inspection;
using InfraGate.McpServer.Inspection.Diagnostics;

namespace InfraGate.McpServer.Tools.Reading;

/// <summary>Why a Pod is not as it should be.</summary>
internal sealed class GetPodDiagnosticsTool(TimeProvider time) : ITool
{
    public ToolDefinition Definition { get; } = new()
    {
        Name = "get_pod_diagnostics",
        Title = "Pod diagnostics",
        Description = "Health verdict of one Pod and its causes with evidence and next step, then phase, conditions, each container's state with reason, exit code, restarts and probes, and events.",
        Effect = ToolEffect.Reads,
        Parameters = [ToolParameter.Namespace, ToolParameter.ObjectName("podName"), ToolParameter.Limit("Longest list", 100)],
        OutputProperties = """
            "namespace":{"type":"string"},"pod":{"type":"string"},"verdict":{"type":"object"},"causes":{"type":"array","items":{"type":"object"}},"phase":{"type":"string"},"owner":{"type":"string"},"node":{"type":"string"},"started":{"type":"string"},"conditions":{"type":"array","items":{"type":"string"}},"containers":{"type":"array","items":{"type":"object"}},"events":{"type":"array","items":{"type":"object"}},"omitted":{"type":"array","items":{"type":"string"}}
            """,
        UntrustedProperties = DiagnosticsBudget.UntrustedProperties,
    };

    public async Task<ToolAnswer> InvokeAsync(ToolArguments arguments, ToolCall call, CancellationToken cancellationToken)
    {
        var diagnosis = await PodDiagnosis.ReadAsync(call.Scope, arguments.Text("podName"), time, cancellationToken);
        return BoundedAnswer.Fit(DiagnosticsBudget.Bytes, arguments.Number("limit"), diagnosis.Build, InspectionJson.Default.PodDiagnostics);
    }
}
