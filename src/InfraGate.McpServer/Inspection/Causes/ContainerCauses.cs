using System.Globalization;
using InfraGate.McpServer.Inspection.Events;
using InfraGate.McpServer.Kubernetes.Models;

namespace InfraGate.McpServer.Inspection.Causes;

/// <summary>Recognises why one container of a Pod is not well.</summary>
internal sealed class ContainerCauses
{
    /// <summary>What ended a container so long ago says little of one that has run and been ready since.</summary>
    private static readonly TimeSpan Recent = TimeSpan.FromMinutes(10);
    private readonly Pod _pod;
    private readonly ContainerStatus _status;
    private readonly IReadOnlyList<EventGroup> _events;
    private readonly Container? _container;
    private readonly DateTimeOffset _now;
    private readonly string _object;

    public ContainerCauses(Pod pod, ContainerStatus status, IReadOnlyList<EventGroup> events, DateTimeOffset now)
    {
        _pod = pod;
        _status = status;
        _events = events;
        _now = now;
        _container = (pod.Spec.Containers ?? []).Concat(pod.Spec.InitContainers ?? [])
            .FirstOrDefault(container => string.Equals(container.Name, status.Name, StringComparison.Ordinal));
        _object = $"Pod/{pod.Metadata.Name}";
    }

    public IEnumerable<Cause> Find()
    {
        Cause?[] causes = [ImagePull(), Configuration(), Ended(), .. Probes()];
        return causes.OfType<Cause>();
    }

    private Cause? ImagePull()
    {
        if (_status.State?.Waiting is not { Reason: "ImagePullBackOff" or "ErrImagePull" or "InvalidImageName" or "ErrImageNeverPull" or "RegistryUnavailable" } waiting)
        {
            return null;
        }

        var refusals = Notes("Failed").Where(note => note.Contains("pull", StringComparison.OrdinalIgnoreCase) && !note.StartsWith("Error:", StringComparison.Ordinal));
        var isNotAllowed = refusals.Any(note => note.Contains("unauthorized", StringComparison.OrdinalIgnoreCase) || note.Contains("denied", StringComparison.OrdinalIgnoreCase));
        return Make(
            CauseSeverity.Critical,
            Cause.ImagePullBackOff,
            $"container {_status.Name} cannot pull {_container?.Image}",
            [.. refusals.Take(2), $"{waiting.Reason}: {waiting.Message}"],
            isNotAllowed
                ? "The registry refuses: check the image name and the Pod's imagePullSecrets (get_k8s_resource)."
                : $"request_set_deployment_image with an image that exists, for container {_status.Name}.");
    }

    private Cause? Configuration() =>
        _status.State?.Waiting is { Reason: "CreateContainerConfigError" or "CreateContainerError" or "RunContainerError" } waiting
            ? Make(
                CauseSeverity.Critical,
                Cause.ContainerConfigError,
                $"container {_status.Name} cannot be set up: {waiting.Message ?? waiting.Reason}",
                [$"{waiting.Reason}: {waiting.Message}", .. Notes("Failed").Take(1)],
                "get_k8s_resource of the Pod shows the ConfigMaps and Secrets it refers to; add what is missing with request_apply_manifest.")
            : null;

    /// <summary>Ended for want of memory, or again and again for another reason.</summary>
    private Cause? Ended()
    {
        var ended = _status.State?.Terminated ?? _status.LastState?.Terminated;
        if (ended is { Reason: "OOMKilled" })
        {
            return OutOfMemory(ended);
        }

        var isCrashing = _status.State?.Waiting is { Reason: "CrashLoopBackOff" } || _status.State?.Terminated is { ExitCode: not 0 };
        if (!isCrashing)
        {
            return null;
        }

        var signal = ended is null ? null : Signal(ended);
        var how = ended is null
            ? "how it last ended is not recorded"
            : $"it last ended with exit code {ended.ExitCode}{(signal is null ? "" : $" ({signal})")}{(ended.Reason is null or "Error" ? "" : $", {ended.Reason}")}";
        return Make(
            CauseSeverity.Critical,
            Cause.CrashLoopBackOff,
            $"container {_status.Name} keeps ending after {Bounded.Count(_status.RestartCount, "restart")}; {how}",
            [
                .. ended is null ? Array.Empty<string>() : [$"lastState.terminated exitCode={ended.ExitCode}{(signal is null ? "" : $" signal={signal}")} finishedAt={Describe.Time(ended.FinishedAt)} {ended.Message}".TrimEnd()],
                .. _status.State?.Waiting is { } waiting ? (string[])[$"{waiting.Reason}: {waiting.Message}"] : [],
            ],
            $"get_pod_logs podName={_pod.Metadata.Name} container={_status.Name} previous=true shows its last words.");
    }

    private Cause OutOfMemory(TerminatedState ended)
    {
        var limit = _container?.Resources?.Limits?.GetValueOrDefault("memory");
        var isOver = _status is { Ready: true, State.Running: { } running } && _now - (ended.FinishedAt ?? running.StartedAt) > Recent;
        return Make(
            isOver ? CauseSeverity.Warning : CauseSeverity.Critical,
            Cause.OomKilled,
            $"container {_status.Name} was killed for want of memory ({(limit is null ? "no memory limit: the node ran out" : $"limit {limit}")}), {Bounded.Count(_status.RestartCount, "restart")}",
            [
                $"terminated reason=OOMKilled exitCode={ended.ExitCode} finishedAt={Describe.Time(ended.FinishedAt)}",
                $"limits {(_container?.Resources?.Limits is { Count: > 0 } limits ? Describe.Map(limits) : "none")}",
            ],
            "Raise resources.limits.memory with request_apply_manifest, or find what grows: get_pod_logs with previous=true.");
    }

    private IEnumerable<Cause?> Probes()
    {
        // A container that does not run has a nearer cause than its probes.
        if (_status.State?.Running is null)
        {
            yield break;
        }

        yield return Liveness();
        yield return Probe("Startup", _container?.StartupProbe, isFailing: _status.Started == false, AsReady(), "it is not started yet");
        yield return Probe("Readiness", _container?.ReadinessProbe, isFailing: !_status.Ready, AsReady(), "it gets no traffic");
    }

    private CauseSeverity AsReady() => _status.Ready ? CauseSeverity.Warning : CauseSeverity.Critical;

    /// <summary>A probe may fail a few times in a row without any effect; only a container that was ended for it is in trouble, and only for a while.</summary>
    private Cause? Liveness()
    {
        var probe = _container?.LivenessProbe;
        var isRestarted = _status.RestartCount > 0 || Notes("Killing").Any();
        var isLately = isRestarted && (!_status.Ready || _now - _status.State?.Running?.StartedAt is not { } age || age <= Recent);
        return Probe(
            "Liveness",
            probe,
            isFailing: true,
            isLately ? CauseSeverity.Critical : CauseSeverity.Warning,
            isRestarted ? $"it is restarted ({Bounded.Count(_status.RestartCount, "restart")} so far)" : $"{probe?.FailureThreshold ?? 3} in a row would restart it");
    }

    private Cause? Probe(string which, Probe? probe, bool isFailing, CauseSeverity severity, string effect)
    {
        var failures = _events.Where(group => group.Reason is "Unhealthy").SelectMany(group => group.Notes)
            .Where(note => note.Text.StartsWith($"{which} probe", StringComparison.OrdinalIgnoreCase) && note.IsAbout(_status.Name)).ToList();
        if (failures.Count == 0 || !isFailing)
        {
            return null;
        }

        var times = failures.Sum(note => note.Count);
        return Make(
            severity,
            Cause.ProbeFailing,
            $"{which} probe of container {_status.Name} failed {Bounded.Count(times, "time")}; {effect}",
            [.. failures.Take(2).Select(note => note.Text), .. probe is null ? Array.Empty<string>() : [$"{which} probe: {Describe.Probe(probe)}"]],
            $"get_pod_logs podName={_pod.Metadata.Name} container={_status.Name}; if the probe itself is wrong, mend it with request_apply_manifest.",
            which);
    }

    private IEnumerable<string> Notes(string reason) =>
        _events.Where(group => string.Equals(group.Reason, reason, StringComparison.Ordinal))
            .SelectMany(group => group.Notes).Where(note => note.IsAbout(_status.Name)).Select(note => note.Text);

    private Cause Make(CauseSeverity severity, string name, string summary, IReadOnlyList<string> evidence, string next, string? detail = null) =>
        new(severity, name, [_object], summary, evidence, next) { Detail = $"{_status.Name}/{detail}" };

    /// <summary>The signal the runtime names, or the one that an exit code above 128 stands for.</summary>
    private static string? Signal(TerminatedState ended)
    {
        var number = ended.Signal is > 0 ? ended.Signal.Value : ended.ExitCode is > 128 and < 160 ? ended.ExitCode - 128 : 0;
        return number switch
        {
            0 => null,
            2 => "SIGINT",
            6 => "SIGABRT",
            7 => "SIGBUS",
            9 => "SIGKILL",
            11 => "SIGSEGV",
            15 => "SIGTERM",
            _ => $"signal {number.ToString(CultureInfo.InvariantCulture)}",
        };
    }
}
