using InfraGate.McpServer.Inspection.Causes;
using InfraGate.McpServer.Inspection.Events;
using InfraGate.McpServer.Kubernetes.Models;

namespace InfraGate.McpServer.Inspection.Diagnostics;

/// <summary>Judges a Deployment: what is the matter, why, and what to do next.</summary>
internal sealed class DeploymentDiagnosis
{
    private const int MaxCauses = 8;
    private const int MaxRevisions = 5;
    private const int MaxImages = 20;
    private const string RevisionAnnotation = "deployment.kubernetes.io/revision";
    private readonly string _namespace;
    private readonly DeploymentReading _reading;
    private readonly RolloutState _rollout;
    private readonly IReadOnlyList<Cause> _causes;
    private readonly IReadOnlyList<PodLine> _pods;
    private readonly IReadOnlyList<EventGroup> _events;
    private readonly IReadOnlyList<ReplicaSet> _revisions;

    public DeploymentDiagnosis(string ns, DeploymentReading reading, TimeProvider time)
    {
        _namespace = ns;
        _reading = reading;
        _rollout = RolloutState.Of(reading.Deployment);
        _events = reading.Events.Groups;
        var byPod = _events.Where(group => group.Kind is "Pod").ToLookup(group => group.Name, StringComparer.Ordinal);
        var ofPods = reading.Pods.Value.SelectMany(pod => new PodCauses(pod, [.. byPod[pod.Metadata.Name]], time).Find());
        _causes = CauseList.Merge(new DeploymentCauses(reading.Deployment, reading.ReplicaSets, _events, reading.Autoscaler).Find().Concat(ofPods));
        _pods = PodLine.Of(reading.Pods.Value);
        _revisions = [.. reading.ReplicaSets.OrderByDescending(set => set.Spec.Replicas > 0).ThenByDescending(set => Revision(set)?.Length ?? 0).ThenByDescending(Revision, StringComparer.Ordinal)];
    }

    /// <param name="items">How long each list may be.</param>
    public DeploymentDiagnostics Build(int items)
    {
        var deployment = _reading.Deployment;
        return new DeploymentDiagnostics
        {
            Namespace = _namespace,
            Name = deployment.Metadata.Name,
            Verdict = Judge(),
            Causes = CauseList.Show(_causes, Math.Min(items, MaxCauses)),
            Rollout = Rollout(deployment, items),
            Pods = Bounded.OrNull(_pods.Take(items).ToList()),
            ReplicaSets = Bounded.OrNull(_revisions.Take(Math.Min(items, MaxRevisions)).Select(set => Line(set, items)).ToList()),
            Events = Bounded.OrNull(_events.Take(items).Select(group => EventLine.Of(group, 200)).ToList()),
            Omitted = Bounded.OrNull(Omitted(items).ToList()),
        };
    }

    private Verdict Judge()
    {
        var (desired, available) = (_reading.Deployment.Spec.Replicas ?? 1, _reading.Deployment.Status.AvailableReplicas);
        var worst = _causes.FirstOrDefault(cause => cause.Severity is CauseSeverity.Critical);
        var health = _rollout.State switch
        {
            RolloutState.ScaledToZero => "scaled-to-zero",
            RolloutState.Paused => "paused",
            _ when worst is null && _rollout.State is RolloutState.Available => "healthy",
            _ when worst is null && _rollout.State is RolloutState.Progressing => "progressing",
            _ when available == 0 && desired > 0 => "failing",
            _ => "degraded",
        };
        var why = worst is null ? _rollout.Reason : $"{worst.Name}: {worst.Summary}";
        return new Verdict(health, Bounded.Text($"{available} of {desired} available{(why is null ? "" : $"; {why}")}", 400));
    }

    private RolloutLine Rollout(Deployment deployment, int items) => new()
    {
        State = _rollout.State,
        Reason = _rollout.Reason is null ? null : Bounded.Text(_rollout.Reason, 200),
        Desired = deployment.Spec.Replicas ?? 1,
        Ready = deployment.Status.ReadyReplicas,
        Updated = deployment.Status.UpdatedReplicas,
        Available = deployment.Status.AvailableReplicas,
        Strategy = deployment.Spec.Strategy?.Type,
        Images = Bounded.Names((deployment.Spec.Template.Spec.Containers ?? []).Select(container => $"{container.Name}={container.Image}"), Math.Min(items, MaxImages)),
    };

    private IEnumerable<string> Omitted(int items)
    {
        if (_causes.Count > Math.Min(items, MaxCauses))
        {
            yield return $"{_causes.Count - Math.Min(items, MaxCauses)} more causes; get_pod_diagnostics shows those of one Pod";
        }

        if (_pods.Count > items)
        {
            yield return $"{_pods.Count - items} more Pods, which are no worse; get_k8s_status with labelSelector counts them";
        }

        if (_revisions.Count > Math.Min(items, MaxRevisions))
        {
            yield return $"{_revisions.Count - Math.Min(items, MaxRevisions)} older ReplicaSets";
        }

        if (_events.Count > items)
        {
            yield return $"{_events.Count - items} more kinds of events; get_k8s_events shows up to 100";
        }

        if (!_reading.Pods.IsComplete)
        {
            yield return $"only the first {_reading.Pods.Count} Pods were looked at";
        }

        if (_reading.Events.LeftUnread is { } unread)
        {
            yield return unread;
        }

        foreach (var notRead in _reading.NotRead)
        {
            yield return notRead;
        }
    }

    private static RevisionLine Line(ReplicaSet set, int items) => new(
        set.Metadata.Name,
        Revision(set),
        set.Spec.Replicas ?? 1,
        set.Status.ReadyReplicas,
        Bounded.Names((set.Spec.Template?.Spec?.Containers ?? []).Select(container => container.Image ?? ""), Math.Min(items, MaxImages)));

    private static string? Revision(ReplicaSet set) => set.Metadata.Annotations?.GetValueOrDefault(RevisionAnnotation);
}
