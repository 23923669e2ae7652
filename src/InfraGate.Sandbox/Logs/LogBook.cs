using System.Text.Json.Nodes;
using InfraGate.Sandbox.Api;
using InfraGate.Sandbox.Hosting;
using InfraGate.Sandbox.Json;
using InfraGate.Sandbox.Kubelet;

namespace InfraGate.Sandbox.Logs;

/// <summary>Finds the log of a container in its Pod's status, or says why there is none, as a kubelet does.</summary>
internal sealed class LogBook(SandboxOptions options, ContainerBehaviour behaviour, TimeProvider time)
{
    private static readonly string[] Startup =
    [
        "/docker-entrypoint.sh: /docker-entrypoint.d/ is not empty, will attempt to perform configuration",
        "/docker-entrypoint.sh: Configuration complete; ready for start up",
        "2024/01/01 00:00:00 [notice] 1#1: nginx/1.27.0",
        "2024/01/01 00:00:00 [notice] 1#1: start worker processes",
    ];

    /// <summary>The current or the previous run's log; throws a bad request when that run does not exist.</summary>
    public ContainerLog Open(JsonObject pod, string container, bool previous)
    {
        var name = pod.Text("metadata", "name")!;
        var status = pod.Items("status", "containerStatuses").Concat(pod.Items("status", "initContainerStatuses"))
            .FirstOrDefault(item => item.Text("name") == container);
        var run = previous
            ? status.Object("lastState", "terminated")
                ?? throw KubernetesError.BadRequest($"previous terminated container \"{container}\" in pod \"{name}\" not found")
            : status.Object("state", "running") ?? status.Object("state", "terminated") ?? LastOf(status)
                ?? throw KubernetesError.BadRequest(Waiting(container, name, status));
        var started = Timestamps.Parse(run.Text("startedAt")) ?? time.GetUtcNow();
        var finished = Timestamps.Parse(run.Text("finishedAt"));
        var spec = pod.Items("spec", "containers").Concat(pod.Items("spec", "initContainers")).First(item => item.Text("name") == container);
        return new ContainerLog(FirstLines(spec), finished is null ? [] : LastLines(spec), HistoryOf(spec), started, finished ?? time.GetUtcNow());
    }

    /// <summary>A container that waits to be restarted still shows the log of its last run.</summary>
    private static JsonObject? LastOf(JsonObject? status) =>
        status.Text("state", "waiting", "reason") == "CrashLoopBackOff" ? status.Object("lastState", "terminated") : null;

    private static string Waiting(string container, string pod, JsonObject? status)
    {
        var reason = status.Text("state", "waiting", "reason") ?? "ContainerCreating";
        return reason is "ErrImagePull" or "ImagePullBackOff"
            ? $"container \"{container}\" in pod \"{pod}\" is waiting to start: trying and failing to pull image"
            : $"container \"{container}\" in pod \"{pod}\" is waiting to start: {reason}";
    }

    private string[] FirstLines(JsonObject container) => behaviour.FateOf(container) switch
    {
        ContainerFate.Crashes => ["starting", "loading configuration from /etc/app/config.yaml"],
        ContainerFate.OutOfMemory => ["starting", "warming the cache: 512 MiB of 2048 MiB", "warming the cache: 1024 MiB of 2048 MiB"],
        _ => Startup,
    };

    private string[] LastLines(JsonObject container) => behaviour.FateOf(container) switch
    {
        ContainerFate.Crashes => ["fatal: cannot connect to database at postgres.payments.svc:5432: connection refused", "exiting with status 1"],
        ContainerFate.OutOfMemory => [],
        _ => ["[notice] 1#1: signal 15 (SIGTERM) received, exiting", "[notice] 1#1: exit"],
    };

    private int HistoryOf(JsonObject container) =>
        behaviour.FateOf(container) is ContainerFate.Crashes or ContainerFate.OutOfMemory ? 0 : options.LogLines;
}
