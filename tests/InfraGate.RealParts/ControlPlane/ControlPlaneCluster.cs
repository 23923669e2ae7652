using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using InfraGate.RealParts.Certificates;
using InfraGate.RealParts.Clusters;
using InfraGate.RealParts.Files;
using InfraGate.RealParts.Kubelet;
using InfraGate.RealParts.Processes;
using InfraGate.RealParts.Waiting;

namespace InfraGate.RealParts.ControlPlane;

/// <summary>
/// A real Kubernetes control plane (1.20.2): etcd, the API server with TLS, RBAC, admission and audit, the controller manager, and the kubelet
/// simulator in place of nodes. Everything is on free loopback ports and in one folder in memory.
/// Share one between test classes with an xunit collection fixture and give each scenario its own namespace.
/// </summary>
public sealed class ControlPlaneCluster : IClusterUnderTest
{
    private const int StartAttempts = 3;
    private static readonly TimeSpan TokenLifetime = TimeSpan.FromHours(3);
    private static readonly TimeSpan ReadyDeadline = TimeSpan.FromSeconds(90);

    private TemporaryFolder? _folder;
    private ControlPlanePki? _pki;
    private ControlPlaneProcesses? _processes;
    private RunningProcess? _etcd;
    private IReadOnlyList<int> _ports = [];
    private KubeAdminClient? _admin;
    private DemoSetUp? _demo;
    private KubeletSimulator? _kubelet;

    /// <summary>How it differs from the usual one; set it before the start.</summary>
    public ControlPlaneOptions Options { get; init; } = new();

    public string Name => "control plane";

    public string KubeconfigPath { get; private set; } = "";

    public KubeAdminClient Admin => Started(_admin);

    /// <summary>Runs the Pods; tells it what a Pod's containers log. Absent when the options say so.</summary>
    public KubeletSimulator Kubelet => Started(_kubelet);

    /// <summary>The API server, to be stopped, continued or killed by tests of faults.</summary>
    public RunningProcess ApiServer { get; private set; } = null!;

    /// <summary>How long <see cref="InitializeAsync"/> took.</summary>
    public TimeSpan StartTime { get; private set; }

    /// <summary>PEM of the authority that signed the API server's certificate.</summary>
    public string CaPem => Started(_pki).CaPem;

    public async Task InitializeAsync()
    {
        var assets = await ControlPlaneAssets.LocateAsync();
        var watch = Stopwatch.StartNew();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await StartAsync(assets);
                StartTime = watch.Elapsed;
                return;
            }
            catch (ProcessFailedException) when (attempt < StartAttempts)
            {
                // The likeliest reason: another process took one of the free ports first.
                await DisposeAsync();
            }
            catch
            {
                await DisposeAsync();
                throw;
            }
        }
    }

    public async Task<string> NewNamespaceAsync(string prefix = "scenario", bool withDemoWorkload = true, CancellationToken cancellationToken = default)
    {
        var name = DemoSetUp.NewName(prefix);
        var demo = Started(_demo);
        await demo.CreateNamespaceAsync(name, cancellationToken);
        await demo.ApplyRightsAsync(name, cancellationToken);
        if (Options.RunControllersAndKubelet)
            await WaitForDefaultServiceAccountAsync(name, cancellationToken);
        if (withDemoWorkload)
            await demo.ApplyWorkloadAsync(name, cancellationToken);
        if (withDemoWorkload && Options.RunControllersAndKubelet)
            await demo.WaitUntilAtRestAsync(name, cancellationToken);
        return name;
    }

    public Task<IReadOnlyList<ObservedWrite>> ListWritesAsync(string? inNamespace = null, CancellationToken cancellationToken = default) =>
        AuditPolicy.ReadAsync(Started(_processes).AuditLog, inNamespace, cancellationToken);

    /// <summary>A kubeconfig for one of the users of <see cref="ControlPlaneOptions.Users"/>.</summary>
    public string WriteKubeconfigFor(TokenUser user, string @namespace = IClusterUnderTest.DemoNamespace) =>
        new Kubeconfig(Admin.Server, CaPem, user.Token, @namespace).WriteTo(Started(_folder), $"{user.Name}.kubeconfig");

    /// <summary>A new token of InfraGate's service account, from the API server's TokenRequest.</summary>
    /// <param name="lifetime">At least ten minutes, says the API server.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    public Task<string> NewServiceAccountTokenAsync(TimeSpan? lifetime = null, CancellationToken cancellationToken = default) =>
        Started(_demo).RequestTokenAsync(lifetime ?? TokenLifetime, cancellationToken);

    /// <summary>Ends the API server as a crash would; what it stored stays in etcd.</summary>
    public Task CrashApiServerAsync() => ApiServer.KillAsync();

    /// <summary>Starts the API server again on the same port and waits until it is ready.</summary>
    public Task RestartApiServerAsync()
    {
        ApiServer = StartApiServer();
        return Eventually.TrueAsync(IsReadyAsync, ReadyDeadline);
    }

    public async Task DisposeAsync()
    {
        if (_kubelet is not null)
            await _kubelet.DisposeAsync();
        _admin?.Dispose();
        if (_processes is not null)
            await _processes.DisposeAsync();
        _pki?.Dispose();
        _folder?.Dispose();
        (_kubelet, _admin, _processes, _pki, _folder) = (null, null, null, null, null);
    }

    private static T Started<T>(T? part)
        where T : class => part ?? throw new InvalidOperationException("The control plane is not started (or runs without this part).");

    private async Task StartAsync(string assets)
    {
        _folder = TemporaryFolder.CreateInMemory("control-plane");
        _pki = new ControlPlanePki(_folder);
        _processes = new ControlPlaneProcesses(assets, _folder, _pki);

        _ports = FreePorts.Find(3);
        var server = new Uri($"https://127.0.0.1:{_ports[2]}");
        _admin = new KubeAdminClient(server, TlsHandler.Create(_pki.CaPem, _pki.Admin));
        _etcd = _processes.StartEtcd(_ports[0], _ports[1]);
        ApiServer = StartApiServer();
        await Eventually.TrueAsync(IsReadyAsync, ReadyDeadline);

        if (Options.RunControllersAndKubelet)
        {
            _processes.StartControllerManager(server);
            _kubelet = await KubeletSimulator.StartAsync(server, _pki.CaPem, _pki.Kubelet, _pki.KubeletServer);
        }
        await ApplyDemoAsync(_folder);
    }

    private RunningProcess StartApiServer() => Started(_processes).StartApiServer(_ports[2], _ports[0], Options);

    private async Task<bool> IsReadyAsync()
    {
        if (Started(_etcd).HasExited)
            throw Started(_etcd).Failure("ended while the control plane was starting");
        if (ApiServer.HasExited)
            throw ApiServer.Failure("ended while the control plane was starting");
        try
        {
            return await Admin.GetTextAsync("/readyz") == "ok";
        }
        catch (KubeApiException notYet) when (notYet.StatusCode is HttpStatusCode.InternalServerError or HttpStatusCode.Forbidden)
        {
            return false;
        }
        catch (HttpRequestException)
        {
            // Not listening yet.
            return false;
        }
    }

    private async Task ApplyDemoAsync(TemporaryFolder folder)
    {
        const string demo = IClusterUnderTest.DemoNamespace;
        _demo = new DemoSetUp(Admin);
        await _demo.CreateNamespaceAsync(demo);
        await _demo.ApplyServiceAccountAsync();
        await _demo.ApplyRightsAsync(demo);
        if (Options.RunControllersAndKubelet)
            await WaitForDefaultServiceAccountAsync(demo, CancellationToken.None);
        await _demo.ApplyWorkloadAsync(demo);
        var token = await NewServiceAccountTokenAsync();
        KubeconfigPath = new Kubeconfig(Admin.Server, CaPem, token, demo).WriteTo(folder, "infragate.kubeconfig");
    }

    // Admission refuses Pods until the service account "default" and its token exist, and controllers then back off for a while.
    private Task<JsonObject?> WaitForDefaultServiceAccountAsync(string @namespace, CancellationToken cancellationToken) =>
        Admin.WaitForAsync(
            $"{KubePath.Core(@namespace, "serviceaccounts")}/default",
            found => found?["secrets"] is JsonArray { Count: > 0 },
            cancellationToken: cancellationToken);
}
