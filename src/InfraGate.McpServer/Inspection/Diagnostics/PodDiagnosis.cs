using InfraGate.McpServer.Inspection.Causes;
using InfraGate.McpServer.Inspection.Events;
using InfraGate.McpServer.Kubernetes;
using InfraGate.McpServer.Kubernetes.Models;

namespace InfraGate.McpServer.Inspection.Diagnostics;

/// <summary>Judges one Pod.</summary>
internal sealed class PodDiagnosis
{
    private const int MaxContainers = 20;
    private const int MaxConditions = 8;
    private const int TextLength = 200;
    private readonly string _namespace;
    private readonly Pod _pod;
    private readonly IReadOnlyList<EventGroup> _events;
    private readonly string? _leftUnread;
    private readonly IReadOnlyList<Cause> _causes;

    public PodDiagnosis(string ns, Pod pod, EventDigest events, TimeProvider time)
    {
        _namespace = ns;
        _pod = pod;
        _events = events.Groups;
        _leftUnread = events.LeftUnread;
        _causes = CauseList.Merge(new PodCauses(pod, _events, time).Find());
    }

    public static async Task<PodDiagnosis> ReadAsync(NamespaceClient client, string name, TimeProvider time, CancellationToken cancellationToken)
    {
        var pod = client.GetAsync(ApiResource.Pods, name, KubernetesJson.Default.Pod, cancellationToken);
        var events = EventDigest.ReadAsync(
            client, new ListQuery { FieldSelector = $"regarding.name={name}" }, (kind, about) => kind is "Pod" && string.Equals(about, name, StringComparison.Ordinal), cancellationToken);
        await Task.WhenAll(pod, events);
        return new PodDiagnosis(client.Namespace, await pod, await events, time);
    }

    /// <param name="items">How long each list may be.</param>
    public PodDiagnostics Build(int items)
    {
        var containers = Containers().ToList();
        var conditions = _pod.Status.Conditions ?? [];
        return new PodDiagnostics
        {
            Namespace = _namespace,
            Pod = _pod.Metadata.Name,
            Verdict = Judge(),
            Causes = CauseList.Show(_causes, items),
            Phase = _pod.Status.Phase ?? "Unknown",
            Owner = _pod.Metadata.Controller is { } owner ? $"{owner.Kind}/{owner.Name}" : null,
            Node = _pod.Spec.NodeName,
            Started = _pod.Status.StartTime is { } started ? Describe.Time(started) : null,
            Conditions = Bounded.OrNull(conditions.Take(MaxConditions).Select(Condition).ToList()),
            Containers = Bounded.OrNull(containers.Take(Math.Min(items, MaxContainers)).ToList()),
            Events = Bounded.OrNull(_events.Take(items).Select(group => EventLine.Of(group, 240)).ToList()),
            Omitted = Bounded.OrNull(Omitted(items, containers.Count, conditions.Count).ToList()),
        };
    }

    private IEnumerable<string> Omitted(int items, int containers, int conditions)
    {
        if (_causes.Count > items)
        {
            yield return $"{_causes.Count - items} more causes";
        }

        if (conditions > MaxConditions)
        {
            yield return $"{conditions - MaxConditions} more conditions";
        }

        if (containers > Math.Min(items, MaxContainers))
        {
            yield return $"{containers - Math.Min(items, MaxContainers)} more containers; get_k8s_resource lists them";
        }

        if (_events.Count > items)
        {
            yield return $"{_events.Count - items} more kinds of events; get_k8s_events with fieldSelector regarding.name={_pod.Metadata.Name}";
        }

        if (_leftUnread is { } unread)
        {
            yield return unread;
        }
    }

    private Verdict Judge()
    {
        var state = PodState.Of(_pod.Status, _pod.Metadata.DeletionTimestamp is not null);
        var worst = _causes.Count > 0 ? _causes[0] : null;
        var health = state switch
        {
            { Word: "Succeeded" } => "completed",
            { Word: "Terminating" } => "terminating",
            { Ready: true } when worst?.Severity is not CauseSeverity.Critical => "healthy",
            { Ready: true } => "degraded",
            _ when worst is null && _pod.Status.Phase is "Pending" or "Running" => "progressing",
            _ => "failing",
        };
        return new Verdict(health, Bounded.Text(worst is null ? $"{state.Word}, {Bounded.Count(state.Restarts, "restart")}" : $"{worst.Name}: {worst.Summary}", 400));
    }

    private IEnumerable<ContainerLine> Containers()
    {
        var statuses = (_pod.Status.InitContainerStatuses ?? []).Concat(_pod.Status.ContainerStatuses ?? [])
            .ToDictionary(status => status.Name, StringComparer.Ordinal);
        var init = (_pod.Spec.InitContainers ?? []).Select(container => Line(container, statuses.GetValueOrDefault(container.Name), isInit: true));
        return init.Concat((_pod.Spec.Containers ?? []).Select(container => Line(container, statuses.GetValueOrDefault(container.Name), isInit: false)));
    }

    private static ContainerLine Line(Container container, ContainerStatus? status, bool isInit)
    {
        (string Name, Probe? Probe)[] probes = [("liveness", container.LivenessProbe), ("readiness", container.ReadinessProbe), ("startup", container.StartupProbe)];
        return new ContainerLine
        {
            Name = container.Name,
            Init = isInit ? true : null,
            Image = container.Image is { } image ? Bounded.Text(image, TextLength) : null,
            State = State(status?.State),
            Ready = status?.Ready ?? false,
            Restarts = status?.RestartCount ?? 0,
            LastEnd = status?.LastState?.Terminated is { } ended ? End(ended) : null,
            Limits = container.Resources?.Limits is { Count: > 0 } limits ? Bounded.Text(Describe.Map(limits), TextLength) : null,
            Probes = Bounded.OrNull(probes.Where(probe => probe.Probe is not null).Select(probe => Bounded.Text($"{probe.Name} {Describe.Probe(probe.Probe!)}", TextLength)).ToList()),
        };
    }

    private static string State(ContainerState? state) => state switch
    {
        { Waiting: { } waiting } => $"waiting {waiting.Reason}{(waiting.Message is null ? "" : $": {Bounded.Text(waiting.Message, 160)}")}",
        { Running: { } running } => $"running since {Describe.Time(running.StartedAt)}",
        { Terminated: { } ended } => $"ended {End(ended)}",
        _ => "not started",
    };

    private static string End(TerminatedState ended) =>
        $"{ended.Reason ?? "Unknown"} exit {ended.ExitCode}{(ended.Signal is > 0 ? $" signal {ended.Signal}" : "")} at {Describe.Time(ended.FinishedAt)}"
        + (string.IsNullOrEmpty(ended.Message) ? "" : $": {Bounded.Text(ended.Message, 160)}");

    private static string Condition(Condition condition) =>
        Bounded.Text($"{condition.Type}={condition.Status}" + (condition.Reason is null ? "" : $" {condition.Reason}"), TextLength)
        + (string.IsNullOrEmpty(condition.Message) ? "" : $": {Bounded.Text(condition.Message, TextLength)}");
}
