using InfraGate.McpServer.Inspection.Resources;
using InfraGate.McpServer.Inspection.Status;
using InfraGate.McpServer.Kubernetes;
using InfraGate.McpServer.Kubernetes.Watching;
using InfraGate.McpServer.Tools;

namespace InfraGate.McpServer.Inspection.Caching;

/// <summary>Answers about one namespace, from memory as far as that is in step, else from the cluster.</summary>
internal sealed class CachedNamespace(NamespaceFeeds feeds)
{
    private readonly ResourceMemory _resources = new();
    private PreparedStatus? _status;

    public NamespaceFeeds Feeds => feeds;

    /// <summary>The status, prepared anew only when something in it has changed.</summary>
    /// <param name="client">Reads what is not in memory.</param>
    /// <param name="answer">Makes the answer of what was read.</param>
    /// <exception cref="KubernetesException">The cluster refused or did not answer.</exception>
    public async Task<ToolAnswer> StatusAsync(NamespaceClient client, Func<StatusSnapshot, ToolAnswer> answer, CancellationToken cancellationToken)
    {
        var parts = await ReadAsync(cancellationToken);
        if (parts.Stamp is not { } stamp)
        {
            return answer(await parts.CompleteAsync(client, cancellationToken));
        }

        if (Volatile.Read(ref _status) is { } prepared && prepared.Stamp == stamp)
        {
            return prepared.Answer;
        }

        var made = answer(await parts.CompleteAsync(client, cancellationToken));
        Volatile.Write(ref _status, new PreparedStatus(stamp, made));
        return made;
    }

    /// <summary>
    /// One object: from memory when it was read live before and its feed tells that it still is that version. An object that is read once costs no watch:
    /// the feed starts when it is asked for again.
    /// </summary>
    /// <param name="client">Reads what is not in memory.</param>
    /// <param name="kind">As the API writes it.</param>
    /// <param name="name">The object's name.</param>
    /// <param name="fit">Bounds the view of an object.</param>
    /// <exception cref="KubernetesException">The cluster refused or did not answer.</exception>
    public async Task<ToolAnswer> ResourceAsync(NamespaceClient client, string kind, string name, Func<ResourceReading, (ResourceView View, ToolAnswer Answer)> fit, CancellationToken cancellationToken)
    {
        if (_resources.Find(kind, name) is { } known
            && await feeds.VersionAsync(kind, name, cancellationToken) is { Value: { } version } reading
            && version == known.Version)
        {
            return known.At(reading.Observed);
        }

        var read = await ResourceReader.ReadAsync(client, kind, name, cancellationToken);
        var (view, answer) = fit(read);
        _resources.Keep(kind, name, read.Version, view);
        return answer;
    }

    private async Task<StatusParts> ReadAsync(CancellationToken cancellationToken)
    {
        // All are asked before any is waited for: a namespace that nobody has read yet is listed in parallel.
        var deployments = Read(feeds.Deployments, cancellationToken);
        var replicaSets = Read(feeds.ReplicaSets, cancellationToken);
        var pods = Read(feeds.Pods, cancellationToken);
        var services = Read(feeds.Services, cancellationToken);
        var configMaps = Read(feeds.ConfigMaps, cancellationToken);
        var endpoints = Read(feeds.Endpoints, cancellationToken);
        await Task.WhenAll(deployments, replicaSets, pods, services, configMaps, endpoints);
        return new StatusParts(await deployments, await replicaSets, await pods, await services, await configMaps, await endpoints);
    }

    private static Task<FeedReading<IReadOnlyList<TItem>>?> Read<TItem>(Feed<TItem> feed, CancellationToken cancellationToken) =>
        feed.ReadAsync(static store => store.Items, awaitStart: true, cancellationToken).AsTask();

    private sealed record PreparedStatus(StatusStamp Stamp, ToolAnswer Answer);
}
