using InfraGate.McpServer.Kubernetes;

namespace InfraGate.McpServer.Inspection.Status;

/// <summary>What a status is made of.</summary>
internal sealed record StatusSnapshot
{
    public required StatusPart<DeploymentLine> Deployments { get; init; }

    public required StatusPart<ReplicaSetMark> ReplicaSets { get; init; }

    public required StatusPart<PodMark> Pods { get; init; }

    public required StatusPart<ServiceLine> Services { get; init; }

    public required StatusPart<ConfigMapLine> ConfigMaps { get; init; }

    public required IReadOnlyDictionary<string, ServiceEndpoints> Endpoints { get; init; }

    /// <summary>When the API server was last heard from about what came from memory; null when all of it was read live.</summary>
    public DateTimeOffset? Observed { get; init; }

    /// <summary>Reads all of it live, in parallel.</summary>
    public static async Task<StatusSnapshot> ReadAsync(NamespaceClient client, string? labelSelector, CancellationToken cancellationToken)
    {
        var deployments = StatusKinds.Deployments.ReadAsync(client, labelSelector, cancellationToken);
        var replicaSets = StatusKinds.ReplicaSets.ReadAsync(client, labelSelector, cancellationToken);
        var pods = StatusKinds.Pods.ReadAsync(client, labelSelector, cancellationToken);
        var services = StatusKinds.Services.ReadAsync(client, labelSelector, cancellationToken);
        var configMaps = StatusKinds.ConfigMaps.ReadAsync(client, labelSelector, cancellationToken);
        var endpoints = EndpointReader.ReadAsync(client, serviceName: null, cancellationToken);
        await Task.WhenAll(deployments, replicaSets, pods, services, configMaps, endpoints);
        return new StatusSnapshot
        {
            Deployments = StatusPart<DeploymentLine>.Of(await deployments),
            ReplicaSets = StatusPart<ReplicaSetMark>.Of(await replicaSets),
            Pods = StatusPart<PodMark>.Of(await pods),
            Services = StatusPart<ServiceLine>.Of(await services),
            ConfigMaps = StatusPart<ConfigMapLine>.Of(await configMaps),
            Endpoints = await endpoints,
        };
    }
}

/// <summary>The objects of one kind.</summary>
/// <param name="IsComplete">False when there are more than were read.</param>
internal sealed record StatusPart<T>(IReadOnlyList<T> Items, bool IsComplete)
{
    public static StatusPart<T> Of(Listing<List<T>> listing) => new(listing.Value, listing.IsComplete);
}
