using InfraGate.McpServer.Inspection.Status;
using InfraGate.McpServer.Kubernetes;
using InfraGate.McpServer.Kubernetes.Watching;

namespace InfraGate.McpServer.Inspection.Caching;

/// <summary>What of a status is in memory; a part that is null must be read live.</summary>
internal sealed record StatusParts(
    FeedReading<IReadOnlyList<DeploymentLine>>? Deployments,
    FeedReading<IReadOnlyList<ReplicaSetMark>>? ReplicaSets,
    FeedReading<IReadOnlyList<PodMark>>? Pods,
    FeedReading<IReadOnlyList<ServiceLine>>? Services,
    FeedReading<IReadOnlyList<ConfigMapLine>>? ConfigMaps,
    FeedReading<IReadOnlyList<EndpointMark>>? Endpoints)
{
    /// <summary>Tells apart what would be answered differently; null when not all is in memory.</summary>
    public StatusStamp? Stamp =>
        Deployments is null || ReplicaSets is null || Pods is null || Services is null || ConfigMaps is null || Endpoints is null
            ? null
            : new StatusStamp(
                Deployments.Change, ReplicaSets.Change, Pods.Change, Services.Change, ConfigMaps.Change, Endpoints.Change, Describe.Time(Observed));

    /// <summary>The earliest of the times at which the API server was last heard from; null when nothing is in memory.</summary>
    private DateTimeOffset? Observed => ((DateTimeOffset?[])[Deployments?.Observed, ReplicaSets?.Observed, Pods?.Observed, Services?.Observed, ConfigMaps?.Observed, Endpoints?.Observed]).Min();

    /// <summary>Reads live what is not in memory.</summary>
    public async Task<StatusSnapshot> CompleteAsync(NamespaceClient client, CancellationToken cancellationToken)
    {
        var deployments = PartAsync(Deployments, StatusKinds.Deployments, client, cancellationToken);
        var replicaSets = PartAsync(ReplicaSets, StatusKinds.ReplicaSets, client, cancellationToken);
        var pods = PartAsync(Pods, StatusKinds.Pods, client, cancellationToken);
        var services = PartAsync(Services, StatusKinds.Services, client, cancellationToken);
        var configMaps = PartAsync(ConfigMaps, StatusKinds.ConfigMaps, client, cancellationToken);
        var endpoints = Endpoints is null ? EndpointReader.ReadAsync(client, serviceName: null, cancellationToken) : Task.FromResult(EndpointReader.Collect(Endpoints.Value));
        await Task.WhenAll(deployments, replicaSets, pods, services, configMaps, endpoints);
        return new StatusSnapshot
        {
            Deployments = await deployments,
            ReplicaSets = await replicaSets,
            Pods = await pods,
            Services = await services,
            ConfigMaps = await configMaps,
            Endpoints = await endpoints,
            Observed = Observed,
        };
    }

    private static async Task<StatusPart<TItem>> PartAsync<TModel, TItem>(
        FeedReading<IReadOnlyList<TItem>>? reading, FeedSource<TModel, TItem> source, NamespaceClient client, CancellationToken cancellationToken)
        where TModel : Kubernetes.Models.IKubernetesObject =>
        reading is null ? StatusPart<TItem>.Of(await source.ReadAsync(client, labelSelector: null, cancellationToken)) : new StatusPart<TItem>(reading.Value, IsComplete: true);
}

/// <summary>The changes that a status was made after, and the time it states.</summary>
internal readonly record struct StatusStamp(long Deployments, long ReplicaSets, long Pods, long Services, long ConfigMaps, long Endpoints, string Observed);
