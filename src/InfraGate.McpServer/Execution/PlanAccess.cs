using InfraGate.McpServer.Hosting;
using InfraGate.McpServer.Kubernetes;
using InfraGate.McpServer.Planning;
using InfraGate.McpServer.Tools;
using InfraGate.Plans;

namespace InfraGate.McpServer.Execution;

/// <summary>Opens the cluster and namespace that a plan is sealed to, and no other.</summary>
internal sealed class PlanAccess(ClusterAccess clusters)
{
    /// <exception cref="ToolException">The plan is of another cluster, or its namespace is not allowed to this caller.</exception>
    public NamespaceClient Open(Caller caller, PlanContent plan)
    {
        foreach (var cluster in clusters.Visible(caller))
        {
            // The name is asked first: opening a namespace that this cluster does not allow would hide that the plan is of another one.
            if (!plan.Cluster.StartsWith($"{cluster.Name} (", StringComparison.Ordinal))
            {
                continue;
            }

            var client = clusters.Open(caller, cluster.Name, plan.Namespace);
            if (ClusterIdentity.Of(client) == plan.Cluster)
            {
                return client;
            }
        }

        throw new ToolException(
            ToolErrorCode.PlanNotFound,
            $"Plan {plan.Id} was made for cluster {plan.Cluster}, which is not configured here.",
            "Make a new plan for a cluster that get_allowed_namespaces lists.");
    }
}
