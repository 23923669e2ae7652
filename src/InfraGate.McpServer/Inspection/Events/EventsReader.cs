using InfraGate.McpServer.Kubernetes;

namespace InfraGate.McpServer.Inspection.Events;

/// <summary>Builds the answer of get_k8s_events: groups of one reason and object, newest first.</summary>
internal sealed class EventsReader
{
    private readonly string _namespace;
    private readonly EventDigest _digest;
    private readonly ListQuery _query;

    private EventsReader(string ns, EventDigest digest, ListQuery query)
    {
        _namespace = ns;
        _digest = digest;
        _query = query;
    }

    public static async Task<EventsReader> ReadAsync(NamespaceClient client, ListQuery query, CancellationToken cancellationToken) =>
        new(client.Namespace, await EventDigest.ReadAsync(client, query, isWanted: null, cancellationToken), query);

    public EventsAnswer Build(int items)
    {
        var groups = _digest.Groups;
        var omitted = new List<string>();
        if (groups.Count > items)
        {
            omitted.Add($"{groups.Count - items} older groups; narrow with fieldSelector, e.g. regarding.name=NAME, reason=Unhealthy or type=Warning");
        }

        if (!_digest.IsComplete)
        {
            omitted.Add($"only the first {_digest.Read} events were read; narrow with fieldSelector");
        }

        if (groups.Count == 0 && _query.LabelSelector is not null)
        {
            omitted.Add("labelSelector is matched against labels of the events themselves, which most have none of; use fieldSelector regarding.name=NAME");
        }

        var warnings = groups.Count(group => group.Type is "Warning");
        return new EventsAnswer(
            _namespace,
            $"{Bounded.Count(_digest.Read, "event")} in {Bounded.Count(groups.Count, "group")} by reason and object, {warnings} of them warnings; newest first. Events are kept for about an hour.",
            [.. groups.Take(items).Select(group => EventLine.Of(group))],
            Bounded.OrNull(omitted));
    }
}
