using InfraGate.McpServer.Kubernetes;
using InfraGate.McpServer.Kubernetes.Models;

namespace InfraGate.McpServer.Inspection.Events;

/// <summary>A namespace's events, grouped by reason and object while they stream by.</summary>
internal sealed class EventDigest
{
    private const int MaxEvents = 20_000;
    private readonly Dictionary<(string Kind, string Name, string Reason, string Type), EventGroup> _groups = [];

    private EventDigest()
    {
    }

    /// <summary>Of a namespace without events.</summary>
    public static EventDigest Empty { get; } = new() { IsComplete = true };

    /// <summary>How many event objects were read.</summary>
    public int Read { get; private set; }

    public bool IsComplete { get; private set; }

    /// <summary>Says, where events were left unread, that there may be more of those that were asked for.</summary>
    public string? LeftUnread => IsComplete ? null : $"only the first {MaxEvents} events were looked at; get_k8s_events with fieldSelector regarding.name=NAME finds those of one object";

    /// <summary>Newest first.</summary>
    public IReadOnlyList<EventGroup> Groups => [.. _groups.Values.OrderByDescending(group => group.Last).ThenBy(group => group.Name, StringComparer.Ordinal)];

    /// <summary>Reads events.k8s.io/v1, or the core group's where that is not served. Field selectors are taken in the words of either.</summary>
    /// <param name="isWanted">Judges kind and name of the object an event is about; null for all.</param>
    public static async Task<EventDigest> ReadAsync(NamespaceClient client, ListQuery query, Func<string, string, bool>? isWanted, CancellationToken cancellationToken)
    {
        try
        {
            var named = query with { FieldSelector = query.FieldSelector?.Replace("involvedObject.", "regarding.", StringComparison.Ordinal) };
            return await ReadAsync(client, ApiResource.Events, named, isWanted, cancellationToken);
        }
        catch (KubernetesException exception) when (exception.Failure is KubernetesFailure.NotFound)
        {
            var named = query with { FieldSelector = query.FieldSelector?.Replace("regarding.", "involvedObject.", StringComparison.Ordinal) };
            return await ReadAsync(client, ApiResource.CoreEvents, named, isWanted, cancellationToken);
        }
    }

    private static async Task<EventDigest> ReadAsync(
        NamespaceClient client, ApiResource resource, ListQuery query, Func<string, string, bool>? isWanted, CancellationToken cancellationToken)
    {
        var listing = await client.FoldAsync(
            resource,
            query with { MaxItems = MaxEvents },
            KubernetesJson.Default.ObjectListEventRecord,
            static () => new EventDigest(),
            (digest, record) => digest.Add(record, isWanted),
            cancellationToken);
        listing.Value.IsComplete = listing.IsComplete;
        return listing.Value;
    }

    private void Add(EventRecord record, Func<string, string, bool>? isWanted)
    {
        var (kind, name) = (record.Object?.Kind ?? "", record.Object?.Name ?? "");
        if (isWanted is not null && !isWanted(kind, name))
        {
            return;
        }

        Read++;
        var key = (kind, name, record.Reason ?? "", record.Type ?? "Normal");
        if (!_groups.TryGetValue(key, out var group))
        {
            _groups.Add(key, group = new EventGroup(key.kind, key.name, key.Item3, key.Item4));
        }

        group.Add(record);
    }
}
