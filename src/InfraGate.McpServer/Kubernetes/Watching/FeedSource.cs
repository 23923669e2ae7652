using System.Text.Json.Serialization.Metadata;
using InfraGate.McpServer.Kubernetes.Models;

namespace InfraGate.McpServer.Kubernetes.Watching;

/// <summary>One kind of object, and the little of each that is kept of it: read page by page, or followed.</summary>
/// <param name="resource">The kind.</param>
/// <param name="list">Reads a page.</param>
/// <param name="type">Reads one object.</param>
/// <param name="digest">What is kept of an object; the object itself is let go.</param>
/// <param name="weigh">About how many bytes a digest takes.</param>
/// <param name="maxItems">The most objects that are read or followed.</param>
internal sealed class FeedSource<TModel, TItem>(
    ApiResource resource, JsonTypeInfo<ObjectList<TModel>> list, JsonTypeInfo<TModel> type, Func<TModel, TItem> digest, Func<TItem, int> weigh, int maxItems) : IFeedSource<TItem>
    where TModel : IKubernetesObject
{
    public int MaxItems => maxItems;

    /// <summary>Reads the collection live.</summary>
    public Task<Listing<List<TItem>>> ReadAsync(NamespaceClient client, string? labelSelector, CancellationToken cancellationToken) => client.FoldAsync(
        resource, new ListQuery { LabelSelector = labelSelector, MaxItems = maxItems }, list, static () => [], (List<TItem> items, TModel model) => items.Add(digest(model)), cancellationToken);

    public async Task<FeedSeed<TItem>> ListAsync(NamespaceClient client, CancellationToken cancellationToken)
    {
        var listing = await client.FoldAsync(
            resource,
            new ListQuery { MaxItems = maxItems },
            list,
            static () => [],
            (List<FeedEntry<TItem>> entries, TModel model) => entries.Add(Entry(model)),
            cancellationToken);
        return new FeedSeed<TItem>(listing.Value, listing.ResourceVersion, listing.IsComplete);
    }

    public Task WatchAsync(NamespaceClient client, WatchQuery query, IWatchSink<FeedEntry<TItem>> sink, CancellationToken cancellationToken) =>
        client.WatchAsync(resource, query, type, new Digester(this, sink), cancellationToken);

    private FeedEntry<TItem> Entry(TModel model)
    {
        var item = digest(model);
        var metadata = model.Metadata;
        return new FeedEntry<TItem>(metadata.Name, metadata.Uid, metadata.ResourceVersion, metadata.DeletionTimestamp is not null, weigh(item), item);
    }

    private sealed class Digester(FeedSource<TModel, TItem> source, IWatchSink<FeedEntry<TItem>> sink) : IWatchSink<TModel>
    {
        public void Opened() => sink.Opened();

        public void Take(WatchEventType type, TModel item) =>
            sink.Take(type, type is WatchEventType.Bookmark ? new FeedEntry<TItem>("", Uid: null, item.Metadata.ResourceVersion, IsDeleting: false, Weight: 0, default!) : source.Entry(item));
    }
}
