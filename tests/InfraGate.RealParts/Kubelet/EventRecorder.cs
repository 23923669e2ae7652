using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using InfraGate.RealParts.Clusters;

namespace InfraGate.RealParts.Kubelet;

/// <summary>Posts events (events.k8s.io/v1) about a Pod.</summary>
internal sealed class EventRecorder(KubeAdminClient api, JsonObject pod)
{
    private readonly string _namespace = (string)pod["metadata"]!["namespace"]!;
    private readonly string _pod = (string)pod["metadata"]!["name"]!;

    public Task NormalAsync(string reason, string note, CancellationToken cancellationToken) => PostAsync("Normal", "kubelet", reason, note, 1, cancellationToken);

    public Task WarningAsync(string reason, string note, int count, CancellationToken cancellationToken) =>
        PostAsync("Warning", "kubelet", reason, note, count, cancellationToken);

    public Task ScheduledAsync(CancellationToken cancellationToken) =>
        PostAsync("Normal", "default-scheduler", "Scheduled", $"Successfully assigned {_namespace}/{_pod} to {SimulatedNode.Name}", 1, cancellationToken);

    public Task FailedSchedulingAsync(string why, CancellationToken cancellationToken) =>
        PostAsync("Warning", "default-scheduler", "FailedScheduling", why, 3, cancellationToken);

    private async Task PostAsync(string type, string controller, string reason, string note, int count, CancellationToken cancellationToken)
    {
        var now = DateTime.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
        var body = new JsonObject
        {
            ["apiVersion"] = "events.k8s.io/v1",
            ["kind"] = "Event",
            ["metadata"] = new JsonObject { ["name"] = $"{_pod}.{Guid.NewGuid().ToString("N")[..16]}", ["namespace"] = _namespace },
            ["eventTime"] = now,
            ["type"] = type,
            ["reason"] = reason,
            ["note"] = note,
            ["action"] = reason,
            ["reportingController"] = controller,
            ["reportingInstance"] = SimulatedNode.Name,
            ["regarding"] = new JsonObject
            {
                ["apiVersion"] = "v1",
                ["kind"] = "Pod",
                ["namespace"] = _namespace,
                ["name"] = _pod,
                ["uid"] = (string)pod["metadata"]!["uid"]!,
            },
        };
        if (count > 1)
            body["series"] = new JsonObject { ["count"] = count, ["lastObservedTime"] = now };
        try
        {
            await api.CreateAsync(KubePath.Events(_namespace), body, cancellationToken);
        }
        catch (KubeApiException gone) when (gone.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Forbidden)
        {
            // The namespace is gone or ending; a kubelet drops such events too.
        }
    }
}
