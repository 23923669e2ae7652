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

    /// <summary>A kubeconfig of an administrator of the real cluster.</summary>
    public string RealKubeconfigPath { get; private set; } = string.Empty;

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
        Real = new ApiClient(NewHttpClient(_cluster.Admin.Server, _cluster.CaPem), Administrator.Token);
        // RBAC takes a moment to see the binding.
        await Real.WaitAsync("/api/v1/namespaces", answer => answer.Code == 200);
        RealKubeconfigPath = _cluster.WriteKubeconfigFor(Administrator);
    }

    async Task IAsyncLifetime.DisposeAsync()
    {
        Real?.Dispose();
        await _cluster.DisposeAsync();
        await DisposeAsync();
    }
}
