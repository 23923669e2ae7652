using InfraGate.McpServer.Inspection.Caching;
using InfraGate.McpServer.Kubernetes;
using InfraGate.McpServer.Tools.Reading;

namespace InfraGate.McpServer.Tools;

/// <summary>The eight tools that only read.</summary>
internal static class ReadTools
{
    /// <param name="access">Where calls may act.</param>
    /// <param name="cache">What status and single objects may be answered from; null to read everything live.</param>
    /// <param name="time">The clock.</param>
    public static IReadOnlyList<ITool> Create(ClusterAccess access, ReadCache? cache, TimeProvider time) =>
    [
        new GetAllowedNamespacesTool(access),
        new GetStatusTool(cache),
        new GetEventsTool(),
        new GetPodLogsTool(),
        new GetResourceTool(cache),
        new GetDeploymentDiagnosticsTool(time),
        new GetPodDiagnosticsTool(time),
        new GetServiceDiagnosticsTool(time),
    ];
}
