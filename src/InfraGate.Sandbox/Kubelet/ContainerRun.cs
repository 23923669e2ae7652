using System.Text.Json.Nodes;
using InfraGate.Sandbox.Json;

namespace InfraGate.Sandbox.Kubelet;

/// <summary>Where a container is in its life.</summary>
internal enum RunStage
{
    Creating,
    PullFailed,
    BackingOffPull,
    Misconfigured,
    Running,
    Waiting,
}

/// <summary>A container as the simulated node runs it. Times are of the node's clock.</summary>
internal sealed class ContainerRun(JsonObject spec, ContainerFate fate, DateTimeOffset due)
{
    public string Name { get; } = spec.Text("name")!;

    public string Image { get; } = spec.Text("image") ?? string.Empty;

    public bool IfNotPresent { get; } = spec.Text("imagePullPolicy") != "Always";

    public ContainerFate Fate { get; } = fate;

    /// <summary>What it exits with when its fate is to crash.</summary>
    public int ExitCode { get; } = ContainerBehaviour.ExitCodeOf(spec);

    /// <summary>The probe that its fate makes fail, if it has one.</summary>
    public JsonObject? FailingProbe { get; } = fate switch
    {
        ContainerFate.NeverAlive => spec.Object("livenessProbe"),
        ContainerFate.NeverReady => spec.Object("readinessProbe"),
        _ => null,
    };

    public RunStage Stage { get; set; } = RunStage.Creating;

    /// <summary>When the next stage begins; null when this one lasts.</summary>
    public DateTimeOffset? Due { get; set; } = due;

    public int Restarts { get; set; }

    public int PullFailures { get; set; }

    /// <summary>How often its probe failed in a row.</summary>
    public int ProbeFailures { get; set; }

    public DateTimeOffset StartedAt { get; set; }

    /// <summary>Why it waits, beyond what the stage says.</summary>
    public string Problem { get; set; } = string.Empty;

    /// <summary>How the last run ended, as <c>terminated</c> of a container state.</summary>
    public JsonObject? LastTermination { get; set; }

    public bool Ready => Stage == RunStage.Running && Fate == ContainerFate.Runs;

    /// <summary>The entry of containerStatuses.</summary>
    public JsonObject ToStatus()
    {
        var started = Stage == RunStage.Running;
        var status = new JsonObject
        {
            ["name"] = Name,
            ["state"] = State(),
            ["lastState"] = LastTermination is null ? new JsonObject() : new JsonObject { ["terminated"] = LastTermination.DeepClone() },
            ["ready"] = Ready,
            ["restartCount"] = Restarts,
            ["image"] = Image,
            ["imageID"] = started || LastTermination is not null ? $"docker.io/{Image}@sha256:{Fingerprint()}" : string.Empty,
            ["started"] = started,
        };
        if (started)
        {
            status["containerID"] = "containerd://" + Fingerprint();
        }

        return status;
    }

    private static JsonObject Wait(string reason, string? message = null)
    {
        var waiting = new JsonObject { ["reason"] = reason };
        if (!string.IsNullOrEmpty(message))
        {
            waiting["message"] = message;
        }

        return new JsonObject { ["waiting"] = waiting };
    }

    private JsonObject State() => Stage switch
    {
        RunStage.PullFailed when Fate == ContainerFate.ImageInvalid => Wait("InvalidImageName", Problem),
        RunStage.PullFailed => Wait("ErrImagePull", Problem),
        RunStage.BackingOffPull => Wait("ImagePullBackOff", $"Back-off pulling image \"{Image}\""),
        RunStage.Misconfigured => Wait("CreateContainerConfigError", Problem),
        RunStage.Running => new JsonObject { ["running"] = new JsonObject { ["startedAt"] = Timestamps.Seconds(StartedAt) } },
        RunStage.Waiting => Wait("CrashLoopBackOff", Problem),
        _ => Wait("ContainerCreating"),
    };

    private string Fingerprint() =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Image)));
}
