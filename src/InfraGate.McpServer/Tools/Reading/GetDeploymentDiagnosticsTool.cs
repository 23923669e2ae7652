using InfraGate.McpServer.Inspection;
using InfraGate.McpServer.Inspection.Diagnostics;

namespace InfraGate.McpServer.Tools.Reading;

/// <summary>Why a Deployment is not as it should be.</summary>
internal sealed class GetDeploymentDiagnosticsTool(TimeProvider time) : ITool
{
    public ToolDefinition Definition { get; } = new()
    {
        Name = "get_deployment_diagnostics",
        Title = "Deployment diagnostics",
        Description = "Health verdict of a Deployment and its causes with evidence and next step (image pull, crash loop, OOM, probes, scheduling, quota, admission, stuck rollout, HPA), then Pods, ReplicaSets, events.",
        Effect = ToolEffect.Reads,
        Parameters = [ToolParameter.Namespace, ToolParameter.ObjectName(), ToolParameter.Limit("Longest list", 100)],
        OutputProperties = """
            "namespace":{"type":"string"},"name":{"type":"string"},"verdict":{"type":"object"},"causes":{"type":"array","items":{"type":"object"}},"rollout":{"type":"object"},"pods":{"type":"array","items":{"type":"object"}},"replicaSets":{"type":"array","items":{"type":"object"}},"events":{"type":"array","items":{"type":"object"}},"omitted":{"type":"array","items":{"type":"string"}}
            """,
        UntrustedProperties = DiagnosticsBudget.UntrustedProperties,
    };

    public async Task<ToolAnswer> InvokeAsync(ToolArguments arguments, ToolCall call, CancellationToken cancellationToken)
    {
        var reading = await DeploymentReader.ReadAsync(call.Scope, arguments.Text("name"), cancellationToken);
        var diagnosis = new DeploymentDiagnosis(call.Scope.Namespace, reading, time);
        return BoundedAnswer.Fit(DiagnosticsBudget.Bytes, arguments.Number("limit"), diagnosis.Build, InspectionJson.Default.DeploymentDiagnostics);
    }
}
