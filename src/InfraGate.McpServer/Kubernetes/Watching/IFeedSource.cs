namespace InfraGate.McpServer.Kubernetes.Watching;

/// <summary>Where a feed comes from.</summary>
internal interface IFeedSource<TItem>
{
    /// <summary>The most objects that are read or followed.</summary>
    int MaxItems { get; }

    /// <exception cref="KubernetesException">The cluster refused or did not answer.</exception>
    Task<FeedSeed<TItem>> ListAsync(NamespaceClient client, CancellationToken cancellationToken);

    /// <exception cref="KubernetesException">As <see cref="NamespaceClient.WatchAsync"/>.</exception>
    Task WatchAsync(NamespaceClient client, WatchQuery query, IWatchSink<FeedEntry<TItem>> sink, CancellationToken cancellationToken);
}
