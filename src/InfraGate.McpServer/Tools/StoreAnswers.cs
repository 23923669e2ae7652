using InfraGate.Plans.Storage;

namespace InfraGate.McpServer.Tools;

/// <summary>
/// What is answered when the plan store fails. No code says that a plan failed: it did not, it is as it was, and the same call may be made again.
/// </summary>
internal static class StoreAnswers
{
    private const string Again = "then make the same call again: a plan runs at most once, whatever was answered.";

    public static ToolException Of(PlanStoreException failure) => failure.Failure switch
    {
        PlanStoreFailure.Busy => new ToolException(ToolErrorCode.Timeout, "The plan store was locked by others for too long.", $"Wait a few seconds, {Again}", inner: failure),
        PlanStoreFailure.Full => new ToolException(
            ToolErrorCode.ClusterUnavailable,
            "There is no space left where InfraGate keeps its plans, so nothing can be planned or applied; the cluster is not the cause.",
            $"Whoever runs InfraGate must free space under K8S_MCP_APPROVAL_ROOT, or for the database that K8S_MCP_DATABASE names; {Again}",
            inner: failure),
        _ => new ToolException(
            ToolErrorCode.ClusterUnavailable,
            "The plan store cannot be used, so nothing can be planned or applied; the cluster is not the cause.",
            $"If it stays so, whoever runs InfraGate must look at K8S_MCP_APPROVAL_ROOT (its rights, its disk), or at the database that K8S_MCP_DATABASE names; {Again}",
            inner: failure),
    };
}
