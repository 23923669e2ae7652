using InfraGate.RealParts.Faults;
using InfraGate.RealParts.Files;
using InfraGate.RealParts.Processes;

namespace InfraGate.RealParts.Clusters;

/// <summary>
/// The product's simulated cluster, started as a process. InfraGate reaches it through a proxy that records its requests; the administrator goes
/// there directly and is therefore not counted.
/// </summary>
public sealed class SandboxCluster : IClusterUnderTest
{
    private static readonly TimeSpan TokenLifetime = TimeSpan.FromHours(3);

    private TemporaryFolder? _folder;
    private ProductProcess? _sandbox;
    private FaultProxy? _proxy;
    private KubeAdminClient? _admin;
    private DemoSetUp? _demo;

    /// <summary>The sandbox's own settings (<c>SANDBOX_…</c>), quicker than a user's; set others before the start.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>
    {
        ["SANDBOX_READY_DELAY_MS"] = "200",
        ["SANDBOX_STOP_DELAY_MS"] = "50",
        ["SANDBOX_BACKOFF_MS"] = "500",
    };

    public string Name => "sandbox";

    public string KubeconfigPath => Started(_proxy).KubeconfigPath;

    public KubeAdminClient Admin => Started(_admin);

    /// <summary>Between InfraGate and the sandbox; may be told to misbehave.</summary>
    public FaultProxy Proxy => Started(_proxy);

    public ProductProcess Process => Started(_sandbox);

    public async Task InitializeAsync()
    {
        try
        {
            _folder = TemporaryFolder.Create("sandbox");
            var kubeconfig = _folder.File("kubeconfig");
            _sandbox = await ProductProcess.StartAsync("InfraGate.Sandbox", Environment, ["--port", "0", "--kubeconfig", kubeconfig]);
            var direct = Kubeconfig.Read(kubeconfig);
            _admin = KubeAdminClient.As(kubeconfig);
            _demo = new DemoSetUp(_admin);
            // The sandbox brings its own demo workload, broken on purpose.
            await _demo.ApplyServiceAccountAsync();
            await _demo.ApplyRightsAsync(IClusterUnderTest.DemoNamespace);
            _proxy = await FaultProxy.StartAsync(direct with { Token = await _demo.RequestTokenAsync(TokenLifetime) });
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    public async Task<string> NewNamespaceAsync(string prefix = "scenario", bool withDemoWorkload = true, CancellationToken cancellationToken = default)
    {
        var name = DemoSetUp.NewName(prefix);
        var demo = Started(_demo);
        await demo.CreateNamespaceAsync(name, cancellationToken);
        await demo.ApplyRightsAsync(name, cancellationToken);
        if (!withDemoWorkload)
            return name;
        await demo.ApplyWorkloadAsync(name, cancellationToken);
        await demo.WaitUntilAtRestAsync(name, cancellationToken);
        return name;
    }

    public Task<IReadOnlyList<ObservedWrite>> ListWritesAsync(string? inNamespace = null, CancellationToken cancellationToken = default) =>
        Task.FromResult<IReadOnlyList<ObservedWrite>>(
        [
            .. Proxy.Requests
                .Select(request => ObservedWrite.FromRequest(request.Method, request.PathAndQuery))
                .OfType<ObservedWrite>()
                .Where(write => inNamespace is null || write.Namespace == inNamespace),
        ]);

    public async Task DisposeAsync()
    {
        if (_proxy is not null)
            await _proxy.DisposeAsync();
        _admin?.Dispose();
        if (_sandbox is not null)
            await _sandbox.DisposeAsync();
        _folder?.Dispose();
        (_proxy, _admin, _sandbox, _folder) = (null, null, null, null);
    }

    private static T Started<T>(T? part)
        where T : class => part ?? throw new InvalidOperationException("The sandbox is not started.");
}
