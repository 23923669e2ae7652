using InfraGate.McpServer.Kubernetes;
using InfraGate.McpServer.Tools.Reading;

namespace InfraGate.McpServer.Tools;

/// <summary>The eight tools that only read.</summary>
internal static class ReadTools
{
    public static IReadOnlyList<ITool> Create(ClusterAccess access, TimeProvider time) =>
    [
        new GetAllowedNamespacesTool(access),
        new GetStatusTool(),
        new GetEventsTool(),
        new GetPodLogsTool(),
        new GetResourceTool(),
        new GetDeploymentDiagnosticsTool(time),
        new GetPodDiagnosticsTool(time),
        new GetServiceDiagnosticsTool(time),
    ];
}
