using InfraGate.Bench.Beds;
using InfraGate.Bench.Mcp;
using InfraGate.RealParts.ControlPlane;

namespace InfraGate.Bench.Soak;

/// <summary>A control plane with the ordinary namespace, and InfraGate with its approval root on a small disk.</summary>
internal sealed class SoakBed : IAsyncDisposable
{
    private static readonly NamespaceSize Size = new(20, 200);

    private string? _token;

    private SoakBed(string smallDisk) => SmallDisk = smallDisk;

    /// <summary>The cluster.</summary>
    public ControlPlaneCluster Cluster { get; } = new()
    {
        Options = new ControlPlaneOptions { RunControllersAndKubelet = false, ExtraApiServerArguments = ["--disable-admission-plugins=ServiceAccount"] },
    };

    /// <summary>The disk that fills up.</summary>
    public string SmallDisk { get; }

    /// <summary>The namespace that everything happens in.</summary>
    public string Namespace { get; private set; } = "";

    /// <summary>InfraGate.</summary>
    public GatewayStack Gateway { get; private set; } = null!;

    /// <summary>Keeps connections alive.</summary>
    public HttpClient Http { get; } = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false }) { Timeout = TimeSpan.FromMinutes(3) };

    /// <summary>Starts everything.</summary>
    public static async Task<SoakBed> MakeAsync(Programs programs, string smallDisk)
    {
        var bed = new SoakBed(smallDisk);
        try
        {
            await bed.Cluster.InitializeAsync();
            bed.Namespace = await bed.Cluster.NewNamespaceAsync("soak", withDemoWorkload: false);
            await new NamespaceFiller(bed.Cluster.Admin).FillAsync(bed.Namespace, Size);
            bed.Gateway = new GatewayStack(programs, new Dictionary<string, string?>
            {
                ["KUBECONFIG"] = bed.Cluster.KubeconfigPath,
                ["K8S_MCP_ALLOWED_NAMESPACES"] = bed.Namespace,
                ["K8S_MCP_APPROVAL_ROOT"] = Path.Combine(smallDisk, "approvals"),
                ["K8S_MCP_ROLLOUT_WAIT_SECONDS"] = "0",
            });
            await bed.Gateway.StartAsync();
            bed._token = await bed.Gateway.SignInAsync(BenchPerson.Alice);
            return bed;
        }
        catch
        {
            await bed.DisposeAsync();
            throw;
        }
    }

    /// <summary>A new session of a person's agent.</summary>
    public Task<McpConnection> OpenSessionAsync(CancellationToken cancellationToken) =>
        McpConnection.OpenAsync(Http, Gateway.Endpoint, _token, cancellationToken);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (Gateway is not null)
            await Gateway.DisposeAsync();
        await Cluster.DisposeAsync();
    }
}
