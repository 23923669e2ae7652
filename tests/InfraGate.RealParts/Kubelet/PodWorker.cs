using System.Net;
using System.Text.Json.Nodes;
using InfraGate.RealParts.Clusters;

namespace InfraGate.RealParts.Kubelet;

/// <summary>Takes one Pod through its life: scheduled, created, started, settled; and, when it is deleted, ended.</summary>
internal sealed class PodWorker(KubeAdminClient api, JsonObject pod, string podIp, TimeSpan readyDelay) : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly PodScript _script = new(pod);
    private readonly EventRecorder _events = new(api, pod);
    private readonly string _path = KubePath.Pod((string)pod["metadata"]!["namespace"]!, (string)pod["metadata"]!["name"]!);
    private Task _life = Task.CompletedTask;
    private Task _ending = Task.CompletedTask;

    public PodScript Script => _script;

    public JsonObject Pod => pod;

    /// <summary>True once the containers have started, so that there are logs to read.</summary>
    public bool HasStarted { get; private set; }

    /// <summary>True once the API server was gone in the middle of a step: the rest of this life is another worker's.</summary>
    public bool IsCutOff { get; private set; }

    public void Start() => _life = UntilGoneAsync(LiveAsync);

    /// <summary>Begins the end; asked again it does nothing.</summary>
    public void End()
    {
        if (_stop.IsCancellationRequested)
            return;
        _stop.Cancel();
        if (!_script.IsStuckTerminating)
            _ending = UntilGoneAsync(_ => EndAsync());
    }

    /// <summary>Stops wherever it is.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_life, _ending);
    }

    public void Dispose() => _stop.Dispose();

    private async Task LiveAsync(CancellationToken cancellationToken)
    {
        if (SimulatedNode.WhyNot(pod, _script) is { } why)
        {
            await api.StrategicMergeAsync($"{_path}/status", PodStatus.Unschedulable(why), cancellationToken);
            await _events.FailedSchedulingAsync(why, cancellationToken);
            return;
        }
        if (pod["spec"]!["nodeName"] is null)
            await BindAsync(cancellationToken);

        var status = new PodStatus(pod, _script, podIp);
        await ReportAsync(status.Creating(), cancellationToken);
        foreach (var container in pod["spec"]!["containers"]!.AsArray())
            await PodEvents.StartingAsync(_events, container!.AsObject(), status.Behaviour(container.AsObject()), cancellationToken);
        // Before it is reported: whoever reads that it runs may ask for its log at once.
        HasStarted = true;
        await ReportAsync(status.Started(), cancellationToken);
        await Task.Delay(_script.ReadyAfter ?? readyDelay, cancellationToken);
        await ReportAsync(status.Settled(), cancellationToken);
        foreach (var container in pod["spec"]!["containers"]!.AsArray())
            await PodEvents.SettledAsync(_events, container!.AsObject(), status.Behaviour(container.AsObject()), podIp, cancellationToken);
    }

    private async Task BindAsync(CancellationToken cancellationToken)
    {
        var binding = new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Binding",
            ["metadata"] = new JsonObject { ["name"] = (string)pod["metadata"]!["name"]! },
            ["target"] = new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Node", ["name"] = SimulatedNode.Name },
        };
        await api.CreateAsync($"{_path}/binding", binding, cancellationToken);
        await _events.ScheduledAsync(cancellationToken);
    }

    private Task<JsonObject> ReportAsync(JsonObject status, CancellationToken cancellationToken) => api.MergeAsync($"{_path}/status", status, cancellationToken);

    private async Task EndAsync()
    {
        await _life;
        foreach (var container in pod["spec"]!["containers"]!.AsArray())
            await _events.NormalAsync("Killing", $"Stopping container {(string)container!["name"]!}", CancellationToken.None);
        // The precondition spares a new Pod of the same name (a StatefulSet's).
        var options = new JsonObject
        {
            ["gracePeriodSeconds"] = 0,
            ["preconditions"] = new JsonObject { ["uid"] = (string)pod["metadata"]!["uid"]! },
        };
        await api.DeleteAsync(_path, options);
    }

    private async Task UntilGoneAsync(Func<CancellationToken, Task> step)
    {
        try
        {
            await step(_stop.Token);
        }
        catch (OperationCanceledException)
        {
            // The Pod is being deleted, or the simulator stops.
        }
        catch (KubeApiException gone) when (gone.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Conflict)
        {
            // Deleted or replaced under our hands; the watch tells the rest.
        }
        catch (HttpRequestException)
        {
            // A test has stopped the API server; once it is back, the list that the watch begins with starts a new worker.
            IsCutOff = true;
        }
    }
}
