using System.Text.Json.Nodes;

namespace InfraGate.RealParts.Kubelet;

/// <summary>The events that a kubelet posts for a container, in its own words.</summary>
internal static class PodEvents
{
    public static async Task StartingAsync(EventRecorder events, JsonObject container, ContainerBehaviour behaviour, CancellationToken cancellationToken)
    {
        var (name, image) = ((string)container["name"]!, (string)container["image"]!);
        if (behaviour is ContainerBehaviour.ImagePullBackOff)
        {
            await events.NormalAsync("Pulling", $"Pulling image \"{image}\"", cancellationToken);
            await events.WarningAsync(
                "Failed",
                $"Failed to pull image \"{image}\": rpc error: code = NotFound desc = failed to pull and unpack image \"{image}\": failed to resolve reference \"{image}\": not found",
                count: 4,
                cancellationToken);
            await events.WarningAsync("Failed", "Error: ErrImagePull", count: 4, cancellationToken);
            return;
        }
        await events.NormalAsync("Pulled", $"Container image \"{image}\" already present on machine", cancellationToken);
        if (behaviour is ContainerBehaviour.ConfigurationFails)
        {
            await events.WarningAsync("Failed", $"Error: {MissingConfiguration(container)}", count: 3, cancellationToken);
            return;
        }
        await events.NormalAsync("Created", $"Created container {name}", cancellationToken);
        await events.NormalAsync("Started", $"Started container {name}", cancellationToken);
    }

    /// <summary>What a kubelet says of a container whose environment comes from a ConfigMap that is not there.</summary>
    public static string MissingConfiguration(JsonObject container) => $"configmap \"{(string?)container["envFrom"]?[0]?["configMapRef"]?["name"]}\" not found";

    public static Task SettledAsync(EventRecorder events, JsonObject container, ContainerBehaviour behaviour, string podIp, CancellationToken cancellationToken)
    {
        var (name, image) = ((string)container["name"]!, (string)container["image"]!);
        return behaviour switch
        {
            ContainerBehaviour.ImagePullBackOff => PullBackOffAsync(),
            ContainerBehaviour.CrashLoopBackOff or ContainerBehaviour.OomKilled =>
                events.WarningAsync("BackOff", "Back-off restarting failed container", count: 6, cancellationToken),
            ContainerBehaviour.ReadinessFails =>
                events.WarningAsync("Unhealthy", "Readiness probe failed: HTTP probe failed with statuscode: 503", count: 7, cancellationToken),
            ContainerBehaviour.LivenessFails => LivenessAsync(),
            _ => Task.CompletedTask,
        };

        async Task PullBackOffAsync()
        {
            await events.NormalAsync("BackOff", $"Back-off pulling image \"{image}\"", cancellationToken);
            await events.WarningAsync("Failed", "Error: ImagePullBackOff", count: 6, cancellationToken);
        }

        async Task LivenessAsync()
        {
            await events.WarningAsync(
                "Unhealthy", $"Liveness probe failed: Get \"http://{podIp}:8080/healthz\": context deadline exceeded", count: 9, cancellationToken);
            await events.NormalAsync("Killing", $"Container {name} failed liveness probe, will be restarted", cancellationToken);
        }
    }
}
