using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using InfraGate.RealParts.Certificates;
using InfraGate.RealParts.Clusters;

namespace InfraGate.RealParts.Kubelet;

/// <summary>
/// Stands in for scheduler, nodes and kubelets: registers a node, binds Pods to it, reports their status through the API as <see cref="PodScript"/>
/// says, ends deleted Pods, posts events, and serves container logs over HTTPS where the API server's <c>pods/log</c> looks for them.
/// </summary>
public sealed class KubeletSimulator : IAsyncDisposable
{
    private const string UserAgent = "kubelet-simulator";
    private static readonly TimeSpan ReadyDelay = TimeSpan.FromMilliseconds(200);

    private readonly ConcurrentDictionary<string, PodWorker> _workers = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly KubeAdminClient _api;
    private readonly KubeletLogServer _logs;
    private Task _watch = Task.CompletedTask;
    private int _addresses;

    private KubeletSimulator(KubeAdminClient api, KubeletLogServer logs)
    {
        _api = api;
        _logs = logs;
    }

    /// <summary>What containers log, where annotations are not enough.</summary>
    public ContainerLogs Logs => _logs.Logs;

    internal static async Task<KubeletSimulator> StartAsync(Uri server, string caPem, IssuedCertificate client, IssuedCertificate serving)
    {
        var api = new KubeAdminClient(server, TlsHandler.Create(caPem, client), userAgent: UserAgent);
        var logs = new KubeletLogServer(serving, caPem);
        var simulator = new KubeletSimulator(api, logs);
        try
        {
            await logs.StartAsync(simulator.Find);
            await SimulatedNode.RegisterAsync(api, logs.Port, CancellationToken.None);
        }
        catch
        {
            await simulator.DisposeAsync();
            throw;
        }
        simulator._watch = new PodWatch(api).RunAsync(simulator.OnList, simulator.OnPresent, simulator.OnGone, simulator._stop.Token);
        return simulator;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        try
        {
            await _watch;
        }
        catch (OperationCanceledException)
        {
            // That is how a watch ends.
        }
        foreach (var worker in _workers.Values)
        {
            await worker.StopAsync();
            worker.Dispose();
        }
        await _logs.DisposeAsync();
        _api.Dispose();
        _stop.Dispose();
    }

    private PodWorker? Find(string @namespace, string pod) => _workers.Values.FirstOrDefault(worker =>
        (string?)worker.Pod["metadata"]!["namespace"] == @namespace && (string?)worker.Pod["metadata"]!["name"] == pod);

    private void OnList(IReadOnlyList<JsonObject> pods)
    {
        var present = pods.Select(Uid).ToHashSet();
        foreach (var gone in _workers.Where(worker => !present.Contains(worker.Key)).ToList())
            OnGone(gone.Value.Pod);
        foreach (var pod in pods)
            OnPresent(pod);
    }

    private void OnPresent(JsonObject pod)
    {
        if (new PodScript(pod).IsIgnored || (string?)pod["spec"]!["nodeName"] is { } node && node != SimulatedNode.Name)
            return;
        var worker = _workers.AddOrUpdate(Uid(pod), _ => Begin(pod), (_, known) => known.IsCutOff ? Begin(pod) : known);
        if (pod["metadata"]!["deletionTimestamp"] is not null)
            worker.End();
    }

    private PodWorker Begin(JsonObject pod)
    {
        var worker = new PodWorker(_api, pod, NextAddress(), ReadyDelay);
        if (pod["metadata"]!["deletionTimestamp"] is null)
            worker.Start();
        return worker;
    }

    private void OnGone(JsonObject pod)
    {
        // Not disposed: its last step may still be running, and ends with the cancellation.
        if (_workers.TryRemove(Uid(pod), out var worker))
            worker.End();
    }

    private string NextAddress()
    {
        var number = Interlocked.Increment(ref _addresses);
        return $"10.{244 + (number >> 16)}.{(number >> 8) & 0xFF}.{number & 0xFF}";
    }

    private static string Uid(JsonObject pod) => (string)pod["metadata"]!["uid"]!;
}
