using InfraGate.McpServer.Inspection.Status;
using InfraGate.McpServer.Kubernetes;
using InfraGate.McpServer.Kubernetes.Watching;
using Microsoft.Extensions.Logging;

namespace InfraGate.McpServer.Inspection.Caching;

/// <summary>The feeds of one namespace, one for each kind that a status is made of. Each runs only while it is read.</summary>
internal sealed class NamespaceFeeds(NamespaceClient client, FeedOptions options, TimeProvider time, ILogger logger, CancellationToken stopping)
{
    public Feed<DeploymentLine> Deployments { get; } = new(client, StatusKinds.Deployments, options, time, logger, stopping);

    public Feed<ReplicaSetMark> ReplicaSets { get; } = new(client, StatusKinds.ReplicaSets, options, time, logger, stopping);

    public Feed<PodMark> Pods { get; } = new(client, StatusKinds.Pods, options, time, logger, stopping);

    public Feed<ServiceLine> Services { get; } = new(client, StatusKinds.Services, options, time, logger, stopping);

    public Feed<ConfigMapLine> ConfigMaps { get; } = new(client, StatusKinds.ConfigMaps, options, time, logger, stopping);

    public Feed<EndpointMark> Endpoints { get; } = new(client, StatusKinds.Endpoints(), options, time, logger, stopping);

    /// <summary>The feed of a collection, to be told of what happens to it; null when there is none.</summary>
    public IFeed? Of(ApiResource resource) => resource.Plural switch
    {
        "deployments" => Deployments.Told,
        "replicasets" => ReplicaSets.Told,
        "pods" => Pods.Told,
        "services" => Services.Told,
        "configmaps" => ConfigMaps.Told,
        _ => null,
    };

    /// <summary>The version that an object has now, without waiting for a listing; null when only the cluster can tell, or has no such object.</summary>
    public async ValueTask<FeedReading<string?>?> VersionAsync(string kind, string name, CancellationToken cancellationToken) => kind switch
    {
        "Deployment" => await VersionAsync(Deployments, name, cancellationToken),
        "ReplicaSet" => await VersionAsync(ReplicaSets, name, cancellationToken),
        "Pod" => await VersionAsync(Pods, name, cancellationToken),
        "Service" => await VersionAsync(Services, name, cancellationToken),
        "ConfigMap" => await VersionAsync(ConfigMaps, name, cancellationToken),
        _ => null,
    };

    private static ValueTask<FeedReading<string?>?> VersionAsync<TItem>(Feed<TItem> feed, string name, CancellationToken cancellationToken) =>
        feed.ReadAsync(store => store.Find(name)?.Version, awaitStart: false, cancellationToken);
}
