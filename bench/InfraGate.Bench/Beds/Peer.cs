using InfraGate.Bench.Processes;
using InfraGate.Quickstart.Processes;
using InfraGate.RealParts.Npm;
using InfraGate.RealParts.Processes;
using InfraGate.RealParts.Waiting;

namespace InfraGate.Bench.Beds;

/// <summary>
/// The peer, <c>kubernetes-mcp-server</c> from npm, over HTTP as its README starts it. It asks its callers for no token; its limit of requests to the API server
/// is as shipped, or lifted through the two environment variables that its program reads.
/// </summary>
internal sealed class Peer : IAsyncDisposable
{
    private const string Program = "kubernetes-mcp-server";
    private const string FastEnough = "100000";
    private static readonly TimeSpan ReadyDeadline = TimeSpan.FromSeconds(30);

    private readonly RunningProcess _process;

    private Peer(string subject, RunningProcess process, Uri endpoint)
    {
        Subject = subject;
        _process = process;
        Endpoint = endpoint;
    }

    /// <summary>The name in tables.</summary>
    public string Subject { get; }

    /// <summary>Its <c>/mcp</c>.</summary>
    public Uri Endpoint { get; }

    /// <summary>Starts it and waits until it listens.</summary>
    /// <param name="npm">Where it is installed.</param>
    /// <param name="kubeconfig">The same as InfraGate's.</param>
    /// <param name="liftLimit">Lifts the limit of requests to the API server (client-go's default: 5 a second, 10 at once).</param>
    public static async Task<Peer> StartAsync(NpmTools npm, string kubeconfig, bool liftLimit)
    {
        var port = FreePorts.Find(1)[0];
        var environment = liftLimit
            ? new Dictionary<string, string?> { ["KUBE_CLIENT_QPS"] = FastEnough, ["KUBE_CLIENT_BURST"] = FastEnough }
            : [];
        var process = npm.Start(Program, ["--port", $"{port}", "--bind-address", "127.0.0.1", "--kubeconfig", kubeconfig], environment);
        var peer = new Peer(liftLimit ? "peer, limit lifted" : "peer", process, new Uri($"http://127.0.0.1:{port}/mcp"));
        try
        {
            await peer.WaitUntilReadyAsync();
            return peer;
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>The program itself; the Node.js launcher that npm puts in front of it does no work and is left out.</summary>
    public IReadOnlyList<WatchedProcess> Processes()
    {
        var own = ProcessTree.ChildrenOf(_process.Pid);
        return [new WatchedProcess("peer", own.Count > 0 ? own[0] : _process.Pid)];
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private async Task WaitUntilReadyAsync()
    {
        using var http = new HttpClient();
        await Eventually.TrueAsync(
            async () =>
            {
                if (_process.HasExited)
                    throw _process.Failure("ended before it listened");
                try
                {
                    using var answer = await http.GetAsync(new Uri(Endpoint, "/healthz"));
                    return answer.IsSuccessStatusCode;
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            },
            ReadyDeadline);
    }
}
