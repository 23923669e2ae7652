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
    private static readonly TimeSpan ReadyDeadline = TimeSpan.FromSeconds(90);

    private TemporaryFolder? _folder;
    private ControlPlanePki? _pki;
    private ControlPlaneProcesses? _processes;
    private KubeAdminClient? _admin;
    private DemoManifests? _manifests;
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
        var name = $"{prefix}-{Guid.NewGuid().ToString("N")[..8]}";
        await Admin.ApplyAsync(NamespaceManifest(name), cancellationToken: cancellationToken);
        foreach (var right in Started(_manifests).RightsFor(name))
            await Admin.ApplyAsync(right, cancellationToken: cancellationToken);
        if (_kubelet is not null)
            await WaitForDefaultServiceAccountAsync(name, cancellationToken);
        if (withDemoWorkload)
            await ApplyWorkloadAsync(name, cancellationToken);
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
    public async Task<string> NewServiceAccountTokenAsync(TimeSpan? lifetime = null, CancellationToken cancellationToken = default)
    {
        var path = $"{KubePath.Core(IClusterUnderTest.DemoNamespace, "serviceaccounts")}/{Started(_manifests).ServiceAccount}/token";
        var request = new JsonObject
        {
            ["apiVersion"] = "authentication.k8s.io/v1",
            ["kind"] = "TokenRequest",
            ["spec"] = new JsonObject { ["expirationSeconds"] = (long)(lifetime ?? TimeSpan.FromHours(3)).TotalSeconds },
        };
        var answer = await Admin.CreateAsync(path, request, cancellationToken);
        return (string)answer["status"]!["token"]!;
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

    private static JsonObject NamespaceManifest(string name) => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "Namespace",
        ["metadata"] = new JsonObject { ["name"] = name },
    };

    private async Task StartAsync(string assets)
    {
        _folder = TemporaryFolder.CreateInMemory("control-plane");
        _pki = new ControlPlanePki(_folder);
        _processes = new ControlPlaneProcesses(assets, _folder, _pki);
        _manifests = DemoManifests.Load();

        var ports = FreePorts.Find(3);
        var server = new Uri($"https://127.0.0.1:{ports[2]}");
        _admin = new KubeAdminClient(server, TlsHandler.Create(_pki.CaPem, _pki.Admin));
        var etcd = _processes.StartEtcd(ports[0], ports[1]);
        ApiServer = _processes.StartApiServer(ports[2], ports[0], Options);
        await Eventually.TrueAsync(() => IsReadyAsync(etcd), ReadyDeadline);

        if (Options.RunControllersAndKubelet)
        {
            _processes.StartControllerManager(server);
            _kubelet = await KubeletSimulator.StartAsync(server, _pki.CaPem, _pki.Kubelet, _pki.KubeletServer);
        }
        await ApplyDemoAsync();
    }

    private async Task<bool> IsReadyAsync(RunningProcess etcd)
    {
        if (etcd.HasExited)
            throw etcd.Failure("ended while the control plane was starting");
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

    private async Task ApplyDemoAsync()
    {
        const string demo = IClusterUnderTest.DemoNamespace;
        await Admin.ApplyAsync(NamespaceManifest(demo));
        if (Options.RunControllersAndKubelet)
            await WaitForDefaultServiceAccountAsync(demo, CancellationToken.None);
        foreach (var manifest in Started(_manifests).All)
            await Admin.ApplyAsync(manifest);
        var token = await NewServiceAccountTokenAsync();
        KubeconfigPath = new Kubeconfig(Admin.Server, CaPem, token, demo).WriteTo(Started(_folder), "infragate.kubeconfig");
    }

    private async Task ApplyWorkloadAsync(string @namespace, CancellationToken cancellationToken)
    {
        foreach (var manifest in Started(_manifests).WorkloadFor(@namespace))
        {
            await Admin.ApplyAsync(manifest, cancellationToken: cancellationToken);
            if (_kubelet is null || (string)manifest["kind"]! != "Deployment")
                continue;
            await Admin.WaitForAsync(
                KubePath.Of(manifest), found => (long?)found?["status"]?["observedGeneration"] is not null, cancellationToken: cancellationToken);
        }
    }

    // Admission refuses Pods until the service account "default" and its token exist, and controllers then back off for a while.
    private Task<JsonObject?> WaitForDefaultServiceAccountAsync(string @namespace, CancellationToken cancellationToken) =>
        Admin.WaitForAsync(
            $"{KubePath.Core(@namespace, "serviceaccounts")}/default",
            found => found?["secrets"] is JsonArray { Count: > 0 },
            cancellationToken: cancellationToken);
}
