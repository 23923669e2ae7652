using System.Net.Http.Headers;
using InfraGate.Bench.Load;
using InfraGate.Bench.Mcp;
using InfraGate.Bench.Processes;
using InfraGate.RealParts.Certificates;
using InfraGate.RealParts.Clusters;
using InfraGate.RealParts.ControlPlane;
using InfraGate.RealParts.Npm;

namespace InfraGate.Bench.Beds;

/// <summary>Everything that one run of measurements needs, running side by side: a filled control plane, InfraGate, and the peer twice.</summary>
internal sealed class Bed : IAsyncDisposable
{
    private readonly ControlPlaneCluster _cluster = new()
    {
        Options = new ControlPlaneOptions
        {
            RunControllersAndKubelet = false,
            // No controller makes the service account "default", without which this plugin refuses every Pod.
            ExtraApiServerArguments = ["--disable-admission-plugins=ServiceAccount"],
        },
    };

    private readonly Dictionary<int, string> _series = [];
    private readonly Programs _programs;
    private GatewayStack? _gateway;
    private string? _token;

    private Bed(MeasurePlan plan, Programs programs)
    {
        Plan = plan;
        _programs = programs;
    }

    /// <summary>What is measured.</summary>
    public MeasurePlan Plan { get; }

    /// <summary>The ordinary namespace.</summary>
    public string Medium { get; private set; } = "";

    /// <summary>The large namespace.</summary>
    public string Large { get; private set; } = "";

    /// <summary>The namespaces of <see cref="MeasurePlan.PodSeries"/> by their number of Pods.</summary>
    public IReadOnlyDictionary<int, string> PodSeries => _series;

    /// <summary>InfraGate.</summary>
    public GatewayStack Gateway => _gateway ?? throw new BenchException("The bed is not made.");

    /// <summary>The peer, as shipped and with its limit lifted; empty when it is left out.</summary>
    public List<Peer> Peers { get; } = [];

    /// <summary>Keeps connections to InfraGate and to the peer alive.</summary>
    public HttpClient Http { get; } = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false, PooledConnectionIdleTimeout = TimeSpan.FromMinutes(5) })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>Speaks to the API server with InfraGate's own rights.</summary>
    public HttpClient Api { get; private set; } = null!;

    /// <summary>The tests' administrator.</summary>
    public KubeAdminClient Admin => _cluster.Admin;

    /// <summary>A person's access token for the gateway.</summary>
    public string Token => _token ?? throw new BenchException("Nobody has signed in.");

    /// <summary>Starts and fills everything.</summary>
    public static async Task<Bed> MakeAsync(MeasurePlan plan, Programs programs, Action<string> say)
    {
        var bed = new Bed(plan, programs);
        try
        {
            say("starting the control plane");
            await bed._cluster.InitializeAsync();
            await bed.FillAsync(say);
            say("starting InfraGate");
            await bed.StartGatewayAsync();
            if (plan.Only is null)
                await bed.StartPeersAsync(say);
            return bed;
        }
        catch
        {
            await bed.DisposeAsync();
            throw;
        }
    }

    /// <summary>InfraGate, asked a tool question.</summary>
    public Contestant InfraGate(string method, string parameters) =>
        new("InfraGate", Gateway.Processes, async _ => new McpWorker(await OpenSessionAsync(), method, parameters));

    /// <summary>The peer, asked a tool question.</summary>
    public Contestant AskPeer(Peer peer, string method, string parameters) =>
        new(peer.Subject, peer.Processes, async _ => new McpWorker(await McpConnection.OpenAsync(Http, peer.Endpoint, token: null), method, parameters));

    /// <summary>The API server, asked plainly.</summary>
    public Contestant PlainGet(string path) => new("plain GET", ApiServer, _ => Task.FromResult<IWorker>(new GetWorker(Api, path)));

    /// <summary>The API server's process.</summary>
    public IReadOnlyList<WatchedProcess> ApiServer() => [new("kube-apiserver", _cluster.ApiServer.Pid)];

    /// <summary>A new session of a person's agent with the gateway.</summary>
    public Task<McpConnection> OpenSessionAsync() => McpConnection.OpenAsync(Http, Gateway.Endpoint, Token);

    /// <summary>A session with another gateway, after a sign-in of its own.</summary>
    public async Task<McpConnection> OpenSessionAsync(GatewayStack gateway) =>
        await McpConnection.OpenAsync(Http, gateway.Endpoint, await gateway.SignInAsync(BenchPerson.Alice));

    /// <summary>Another InfraGate on the same cluster, with folders of its own.</summary>
    public async Task<GatewayStack> StartAnotherGatewayAsync()
    {
        var gateway = NewGateway();
        try
        {
            await gateway.StartAsync();
            return gateway;
        }
        catch
        {
            await gateway.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        Api?.Dispose();
        foreach (var peer in Peers)
            await peer.DisposeAsync();
        if (_gateway is not null)
            await _gateway.DisposeAsync();
        await _cluster.DisposeAsync();
    }

    private async Task FillAsync(Action<string> say)
    {
        var kubeconfig = Kubeconfig.Read(_cluster.KubeconfigPath);
        Api = new HttpClient(TlsHandler.Create(kubeconfig.CaPem)) { BaseAddress = kubeconfig.Server };
        Api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", kubeconfig.Token);
        Medium = await NewNamespaceAsync(Plan.Medium, say);
        foreach (var pods in Plan.PodSeries.Where(pods => pods != Plan.Large.Pods))
            _series[pods] = await NewNamespaceAsync(new NamespaceSize(Math.Max(1, pods / 10), pods), say);
        Large = await NewNamespaceAsync(Plan.Large, say);
        _series[Plan.Large.Pods] = Large;
    }

    private async Task<string> NewNamespaceAsync(NamespaceSize size, Action<string> say)
    {
        say($"filling a namespace with {size.Deployments} Deployments and {size.Pods} Pods");
        var name = await _cluster.NewNamespaceAsync("bench", withDemoWorkload: false);
        await new NamespaceFiller(Admin).FillAsync(name, size);
        return name;
    }

    private async Task StartGatewayAsync()
    {
        _gateway = NewGateway();
        await _gateway.StartAsync();
        _token = await _gateway.SignInAsync(BenchPerson.Alice);
    }

    private async Task StartPeersAsync(Action<string> say)
    {
        say("starting the peer");
        var npm = await NpmTools.InstallAsync();
        foreach (var lifted in new[] { false, true })
            Peers.Add(await Peer.StartAsync(npm, _cluster.KubeconfigPath, lifted));
    }

    private GatewayStack NewGateway() => new(_programs, new Dictionary<string, string?>
    {
        ["KUBECONFIG"] = _cluster.KubeconfigPath,
        ["K8S_MCP_ALLOWED_NAMESPACES"] = string.Join(',', _series.Values.Append(Medium)),
        // Bare objects never roll out; waiting for it would be all that an apply's latency shows.
        ["K8S_MCP_ROLLOUT_WAIT_SECONDS"] = "0",
    });
}
