using InfraGate.McpServer.Inspection;
using InfraGate.McpServer.Kubernetes;

namespace InfraGate.McpServer.Tools.Reading;

/// <summary>Where calls may act: the inventory of clusters and namespaces.</summary>
internal sealed class GetAllowedNamespacesTool(ClusterAccess access) : ITool
{
    public ToolDefinition Definition { get; } = new()
    {
        Name = "get_allowed_namespaces",
        Title = "Allowed namespaces",
        Description = "Clusters and namespaces you may use, with each cluster's version and whether it answers. Call first when unsure of the namespace.",
        Effect = ToolEffect.Reads,
        OutputProperties = """
            "clusters":{"type":"array","items":{"type":"object","properties":{"name":{"type":"string"},"reachable":{"type":"boolean"},"version":{"type":"string"},"problem":{"type":"string"},"namespaces":{"type":"array","items":{"type":"string"}}}}}
            """,
    };

    public async Task<ToolAnswer> InvokeAsync(ToolArguments arguments, ToolCall call, CancellationToken cancellationToken)
    {
        var clusters = await Task.WhenAll(access.Visible(call.Caller).Select(cluster => DescribeAsync(cluster, call, cancellationToken)));
        return ToolAnswer.From(new Inventory(clusters), InspectionJson.Default.Inventory);
    }

    private async Task<InventoryCluster> DescribeAsync(VisibleCluster cluster, ToolCall call, CancellationToken cancellationToken)
    {
        try
        {
            var version = await access.GetVersionAsync(call.Caller, cluster.Name, cancellationToken);
            return new InventoryCluster(cluster.Name, Reachable: true, version.GitVersion, Problem: null, cluster.Namespaces);
        }
        catch (KubernetesException exception) when (exception.Failure is not KubernetesFailure.Forbidden)
        {
            // An inventory that fails because one cluster is down would hide the others.
            return new InventoryCluster(cluster.Name, Reachable: false, Version: null, exception.Message, cluster.Namespaces);
        }
        catch (KubernetesException)
        {
            return new InventoryCluster(cluster.Name, Reachable: true, Version: null, "The version may not be read.", cluster.Namespaces);
        }
    }
}
