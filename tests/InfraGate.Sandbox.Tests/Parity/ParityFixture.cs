using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using InfraGate.RealParts.ControlPlane;
using InfraGate.Sandbox.Hosting;

namespace InfraGate.Sandbox.Tests.Parity;

/// <summary>A real API server of Kubernetes 1.20.2 and a sandbox that plays 1.20, both without controllers.</summary>
public sealed class ParityFixture : SandboxFixture, IAsyncLifetime
{
    private static readonly TokenUser Administrator = TokenUser.Alice;

    private readonly ControlPlaneCluster _cluster = new()
    {
        Options = new ControlPlaneOptions { RunControllersAndKubelet = false, ExtraApiServerArguments = ["--disable-admission-plugins=ServiceAccount"] },
    };

    public ApiClient Real { get; private set; } = null!;

    internal override SandboxOptions Options => Quick with { Minor = 20, Controllers = false };

    async Task IAsyncLifetime.InitializeAsync()
    {
        await InitializeAsync();
        await _cluster.InitializeAsync();
        await _cluster.Admin.CreateAsync("/apis/rbac.authorization.k8s.io/v1/clusterrolebindings", JsonNode.Parse($$"""
            {
              "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRoleBinding", "metadata": {"name": "parity"},
              "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "cluster-admin"},
              "subjects": [{"kind": "User", "apiGroup": "rbac.authorization.k8s.io", "name": "{{Administrator.Name}}"}]
            }
            """)!);
        var trust = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        trust.CustomTrustStore.Add(X509Certificate2.CreateFromPem(_cluster.CaPem));
        var handler = new SocketsHttpHandler { SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = trust } };
        Real = new ApiClient(new HttpClient(handler) { BaseAddress = _cluster.Admin.Server }, Administrator.Token);
    }

    async Task IAsyncLifetime.DisposeAsync()
    {
        Real?.Dispose();
        await _cluster.DisposeAsync();
        await DisposeAsync();
    }
}
