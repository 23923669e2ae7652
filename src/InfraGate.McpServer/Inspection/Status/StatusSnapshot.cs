using InfraGate.McpServer.Kubernetes;
using InfraGate.McpServer.Kubernetes.Models;

namespace InfraGate.McpServer.Inspection.Status;

/// <summary>What a status is made of, read in parallel; Pods are counted while they stream and never held.</summary>
internal sealed record StatusSnapshot
{
    private const int MaxObjects = 5000;

    public required Listing<List<Deployment>> Deployments { get; init; }

    public required Listing<List<ReplicaSet>> ReplicaSets { get; init; }

    /// <summary>By owner, e.g. <c>ReplicaSet/web-5d8</c>; Pods without one under an empty key.</summary>
    public required Listing<Dictionary<string, PodGroup>> Pods { get; init; }

    public required Listing<List<Service>> Services { get; init; }

    public required Listing<List<ConfigMap>> ConfigMaps { get; init; }

    public required IReadOnlyDictionary<string, ServiceEndpoints> Endpoints { get; init; }

    public static async Task<StatusSnapshot> ReadAsync(NamespaceClient client, string? labelSelector, CancellationToken cancellationToken)
    {
        var query = new ListQuery { LabelSelector = labelSelector, MaxItems = MaxObjects };
        var deployments = client.ListAsync(ApiResource.Deployments, query, KubernetesJson.Default.ObjectListDeployment, cancellationToken);
        var replicaSets = client.ListAsync(ApiResource.ReplicaSets, query, KubernetesJson.Default.ObjectListReplicaSet, cancellationToken);
        var services = client.ListAsync(ApiResource.Services, query, KubernetesJson.Default.ObjectListService, cancellationToken);
        var configMaps = client.ListAsync(ApiResource.ConfigMaps, query, KubernetesJson.Default.ObjectListConfigMap, cancellationToken);
        var endpoints = EndpointReader.ReadAsync(client, serviceName: null, cancellationToken);
        var pods = client.FoldAsync(
            ApiResource.Pods,
            query with { MaxItems = ListQuery.All.MaxItems },
            KubernetesJson.Default.ObjectListPodBrief,
            static () => new Dictionary<string, PodGroup>(StringComparer.Ordinal),
            Count,
            cancellationToken);
        await Task.WhenAll(deployments, replicaSets, services, configMaps, endpoints, pods);
        return new StatusSnapshot
        {
            Deployments = await deployments,
            ReplicaSets = await replicaSets,
            Pods = await pods,
            Services = await services,
            ConfigMaps = await configMaps,
            Endpoints = await endpoints,
        };
    }

    private static void Count(Dictionary<string, PodGroup> groups, PodBrief pod)
    {
        var key = pod.Metadata.Controller is { } owner ? $"{owner.Kind}/{owner.Name}" : "";
        if (!groups.TryGetValue(key, out var group))
        {
            groups.Add(key, group = new PodGroup(key.Length == 0 ? "none" : key));
        }

        group.Add(pod);
    }
}
