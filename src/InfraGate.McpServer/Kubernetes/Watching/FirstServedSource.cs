namespace InfraGate.McpServer.Kubernetes.Watching;

/// <summary>Takes the first of several sources that the cluster serves.</summary>
internal sealed class FirstServedSource<TItem>(params IReadOnlyList<IFeedSource<TItem>> sources) : IFeedSource<TItem>
{
    private IFeedSource<TItem> _served = sources[0];

    public int MaxItems => _served.MaxItems;

    public async Task<FeedSeed<TItem>> ListAsync(NamespaceClient client, CancellationToken cancellationToken)
    {
        foreach (var source in sources.SkipLast(1))
        {
            try
            {
                _served = source;
                return await source.ListAsync(client, cancellationToken);
            }
            catch (KubernetesException exception) when (exception.Failure is KubernetesFailure.NotFound)
            {
                // This version is not served here; an older one is.
            }
        }

        _served = sources[^1];
        return await _served.ListAsync(client, cancellationToken);
    }

    public Task WatchAsync(NamespaceClient client, WatchQuery query, IWatchSink<FeedEntry<TItem>> sink, CancellationToken cancellationToken) =>
        _served.WatchAsync(client, query, sink, cancellationToken);
}
