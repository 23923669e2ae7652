using InfraGate.McpServer.Inspection;
using InfraGate.McpServer.Inspection.Diagnostics;

namespace InfraGate.McpServer.Tools.Reading;

/// <summary>Why a Service does not answer.</summary>
internal sealed class GetServiceDiagnosticsTool(TimeProvider time) : ITool
{
    public ToolDefinition Definition { get; } = new()
    {
        Name = "get_service_diagnostics",
        Title = "Service diagnostics",
        Description = "Health verdict of a Service: does its selector match Pods, does targetPort exist, are endpoints ready; causes with evidence and next step, then the Pods behind it and events.",
        Effect = ToolEffect.Reads,
        Parameters = [ToolParameter.Namespace, ToolParameter.ObjectName(), ToolParameter.Limit("Longest list", 100)],
        OutputProperties = """
            "namespace":{"type":"string"},"name":{"type":"string"},"verdict":{"type":"object"},"causes":{"type":"array","items":{"type":"object"}},"type":{"type":"string"},"clusterIP":{"type":"string"},"external":{"type":"array","items":{"type":"string"}},"selector":{"type":"string"},"ports":{"type":"array","items":{"type":"string"}},"endpoints":{"type":"object"},"pods":{"type":"array","items":{"type":"object"}},"events":{"type":"array","items":{"type":"object"}},"omitted":{"type":"array","items":{"type":"string"}}
            """,
        UntrustedProperties = DiagnosticsBudget.UntrustedProperties,
    };

    public async Task<ToolAnswer> InvokeAsync(ToolArguments arguments, ToolCall call, CancellationToken cancellationToken)
    {
        var diagnosis = await ServiceDiagnosis.ReadAsync(call.Scope, arguments.Text("name"), time, cancellationToken);
        return BoundedAnswer.Fit(DiagnosticsBudget.Bytes, arguments.Number("limit"), diagnosis.Build, InspectionJson.Default.ServiceDiagnostics);
    }
}
