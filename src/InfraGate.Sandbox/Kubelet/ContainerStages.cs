using System.Text.Json.Nodes;
using InfraGate.Sandbox.Controllers;
using InfraGate.Sandbox.Hosting;
using InfraGate.Sandbox.Json;

namespace InfraGate.Sandbox.Kubelet;

/// <summary>Takes containers from stage to stage, with the events that a kubelet writes.</summary>
internal sealed class ContainerStages(EventRecorder events, PodDependencies dependencies, SandboxOptions options)
{
    private const string Component = "kubelet";

    /// <summary>128 and SIGKILL.</summary>
    private const int Killed = 137;
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan ConfigurationRetry = TimeSpan.FromSeconds(2);

    /// <summary>Advances a container whose time has come.</summary>
    public void Advance(JsonObject pod, PodRun run, ContainerRun container, DateTimeOffset now)
    {
        if (container.Due is null || (container.Due > now && container.Stage is not (RunStage.Misconfigured or RunStage.Creating)))
        {
            return;
        }

        switch (container.Stage)
        {
            case RunStage.Creating or RunStage.Misconfigured when container.Due > now:
                break;
            case RunStage.Creating or RunStage.Misconfigured:
                Begin(pod, run, container, now);
                break;
            case RunStage.PullFailed:
                container.Stage = RunStage.BackingOffPull;
                container.Due = now + BackOff(container.PullFailures++);
                events.Record(pod, Component, "Normal", "BackOff", $"Back-off pulling image \"{container.Image}\"", container.Name);
                events.Record(pod, Component, "Warning", "Failed", "Error: ImagePullBackOff", container.Name);
                break;
            case RunStage.BackingOffPull:
                Pull(pod, container, now);
                break;
            case RunStage.Running:
                End(pod, container, now);
                break;
            default:
                container.Restarts++;
                Run(pod, container, now);
                break;
        }
    }

    private void Begin(JsonObject pod, PodRun run, ContainerRun container, DateTimeOffset now)
    {
        if (dependencies.MountProblem(pod) is { } unmounted)
        {
            if (!run.MountReported)
            {
                run.MountReported = true;
                events.Record(pod, Component, "Warning", "FailedMount", unmounted);
            }

            container.Due = now + ConfigurationRetry;
        }
        else if (container.Fate is ContainerFate.ImageMissing or ContainerFate.ImageInvalid)
        {
            Pull(pod, container, now);
        }
        else if (dependencies.EnvironmentProblem(pod, container.Name) is { } problem)
        {
            container.Stage = RunStage.Misconfigured;
            container.Problem = problem;
            container.Due = now + ConfigurationRetry;
            events.Record(pod, Component, "Warning", "Failed", "Error: " + problem, container.Name);
        }
        else
        {
            var pulled = container.IfNotPresent
                ? $"Container image \"{container.Image}\" already present on machine"
                : $"Successfully pulled image \"{container.Image}\" in 1.204s";
            events.Record(pod, Component, "Normal", "Pulled", pulled, container.Name);
            Run(pod, container, now);
        }
    }

    private void Pull(JsonObject pod, ContainerRun container, DateTimeOffset now)
    {
        container.Stage = RunStage.PullFailed;
        if (container.Fate == ContainerFate.ImageInvalid)
        {
            container.Problem = $"Failed to apply default image tag \"{container.Image}\": couldn't parse image reference \"{container.Image}\": invalid reference format";
            container.Due = null;
            events.Record(pod, Component, "Warning", "InspectFailed", container.Problem, container.Name);
            events.Record(pod, Component, "Warning", "Failed", "Error: InvalidImageName", container.Name);
            return;
        }

        container.Problem =
            $"rpc error: code = NotFound desc = failed to pull and unpack image \"docker.io/library/{container.Image}\": "
            + $"failed to resolve reference \"docker.io/library/{container.Image}\": docker.io/library/{container.Image}: not found";
        container.Due = now + options.ReadyDelay;
        events.Record(pod, Component, "Normal", "Pulling", $"Pulling image \"{container.Image}\"", container.Name);
        events.Record(pod, Component, "Warning", "Failed", $"Failed to pull image \"{container.Image}\": {container.Problem}", container.Name);
        events.Record(pod, Component, "Warning", "Failed", "Error: ErrImagePull", container.Name);
    }

    private void Run(JsonObject pod, ContainerRun container, DateTimeOffset now)
    {
        container.Stage = RunStage.Running;
        container.StartedAt = now;
        events.Record(pod, Component, "Normal", "Created", $"Created container {container.Name}", container.Name);
        events.Record(pod, Component, "Normal", "Started", $"Started container {container.Name}", container.Name);
        container.Due = container.Fate switch
        {
            ContainerFate.Crashes or ContainerFate.OutOfMemory => now + options.ReadyDelay,
            ContainerFate.NeverReady or ContainerFate.NeverAlive => now + Period(container),
            _ => null,
        };
        if (container.Fate == ContainerFate.NeverReady)
        {
            ReportProbe(pod, container, "Readiness");
        }
    }

    /// <summary>The end of a run, or the next failure of a probe.</summary>
    private void End(JsonObject pod, ContainerRun container, DateTimeOffset now)
    {
        if (container.Fate == ContainerFate.NeverReady)
        {
            ReportProbe(pod, container, "Readiness");
            container.Due = now + Period(container);
            return;
        }

        if (container.Fate == ContainerFate.NeverAlive)
        {
            ReportProbe(pod, container, "Liveness");
            if (++container.ProbeFailures < (container.FailingProbe.Integer("failureThreshold") ?? 3))
            {
                container.Due = now + Period(container);
                return;
            }

            container.ProbeFailures = 0;
            events.Record(pod, Component, "Normal", "Killing", $"Container {container.Name} failed liveness probe, will be restarted", container.Name);
        }

        var (code, reason) = container.Fate switch
        {
            ContainerFate.OutOfMemory => (Killed, "OOMKilled"),
            ContainerFate.NeverAlive => (Killed, "Error"),
            _ => (container.ExitCode, "Error"),
        };
        container.LastTermination = new JsonObject
        {
            ["exitCode"] = code,
            ["reason"] = reason,
            ["startedAt"] = Timestamps.Seconds(container.StartedAt),
            ["finishedAt"] = Timestamps.Seconds(now),
            ["containerID"] = "containerd://" + container.Restarts.ToString("x64"),
        };
        WaitForRestart(pod, container, now);
    }

    private void WaitForRestart(JsonObject pod, ContainerRun container, DateTimeOffset now)
    {
        var wait = BackOff(container.Restarts);
        container.Stage = RunStage.Waiting;
        container.Due = now + wait;
        container.Problem =
            $"back-off {wait.TotalSeconds:0}s restarting failed container={container.Name} pod={pod.Text("metadata", "name")}_{pod.Text("metadata", "namespace")}({pod.Text("metadata", "uid")})";
        events.Record(pod, Component, "Warning", "BackOff", "Back-off restarting failed container", container.Name);
    }

    private void ReportProbe(JsonObject pod, ContainerRun container, string which)
    {
        var how = container.FailingProbe?["tcpSocket"] is { } socket
            ? $"dial tcp {pod.Text("status", "podIP")}:{JsonText.Text(socket["port"]!).Trim('"')}: connect: connection refused"
            : "HTTP probe failed with statuscode: 503";
        events.Record(pod, Component, "Warning", "Unhealthy", $"{which} probe failed: {how}", container.Name);
    }

    private static TimeSpan Period(ContainerRun container) => TimeSpan.FromSeconds(container.FailingProbe.Integer("periodSeconds") ?? 10);

    private TimeSpan BackOff(int failures)
    {
        var wait = options.CrashBackOff * Math.Pow(2, Math.Min(failures, 10));
        return wait < LongestBackOff ? wait : LongestBackOff;
    }
}
