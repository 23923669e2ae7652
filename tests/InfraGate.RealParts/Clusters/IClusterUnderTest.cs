namespace InfraGate.RealParts.Clusters;

/// <summary>
/// A running cluster with the demo workload in <see cref="DemoNamespace"/>. The same scenarios run against every implementation;
/// a difference is a bug of the sandbox. Start and stop it as an xunit fixture.
/// </summary>
public interface IClusterUnderTest : Xunit.IAsyncLifetime
{
    /// <summary>The namespace of <c>.kube/</c>, present from the start.</summary>
    const string DemoNamespace = "mcp-nginx-demo";

    /// <summary>For test output.</summary>
    string Name { get; }

    /// <summary>A kubeconfig that speaks for InfraGate's least-privileged service account; its context's namespace is <see cref="DemoNamespace"/>.</summary>
    string KubeconfigPath { get; }

    /// <summary>The tests' own administrator. Nothing it does is counted as a write.</summary>
    KubeAdminClient Admin { get; }

    /// <summary>A new namespace in which InfraGate's service account has the same rights as in the demo namespace.</summary>
    /// <param name="prefix">A DNS label; a random suffix is added.</param>
    /// <param name="withDemoWorkload">Applies the demo workload and waits until it is at rest.</param>
    Task<string> NewNamespaceAsync(string prefix = "scenario", bool withDemoWorkload = true, CancellationToken cancellationToken = default);

    /// <summary>Every write that reached the API server so far, oldest first, of one namespace or of all.</summary>
    Task<IReadOnlyList<ObservedWrite>> ListWritesAsync(string? inNamespace = null, CancellationToken cancellationToken = default);

    /// <summary>The number of <see cref="ListWritesAsync"/>.</summary>
    async Task<int> CountWritesAsync(string? inNamespace = null, CancellationToken cancellationToken = default) =>
        (await ListWritesAsync(inNamespace, cancellationToken)).Count;
}
