using InfraGate.McpServer.Hosting;
using InfraGate.McpServer.Inspection.Status;
using InfraGate.McpServer.Kubernetes;
using InfraGate.McpServer.Kubernetes.Config;
using InfraGate.McpServer.Kubernetes.Http;
using InfraGate.McpServer.Kubernetes.Watching;
using Microsoft.Extensions.Logging;

namespace InfraGate.McpServer.Tests.Support;

/// <summary>A feed of a namespace's ConfigMaps, with times short enough to wait for.</summary>
internal sealed class FeedBench : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly ClusterTransport _transport;

    public FeedBench(string kubeconfig, string ns, FeedOptions options)
    {
        var connection = new ConnectionBuilder(KubeconfigLoader.Load([kubeconfig]), isProduction: false, TimeProvider.System).Build(contextName: null);
        _transport = new ClusterTransport(connection, TimeProvider.System, NullLog.Factory.CreateLogger("test"));
        var client = new ClusterAccess([new AllowedTransport(_transport, [ns])], impersonate: false).Open(Caller.LocalUser("test"), clusterName: null, ns);
        Feed = new Feed<ConfigMapLine>(client, StatusKinds.ConfigMaps, options, TimeProvider.System, NullLog.Factory.CreateLogger("test"), _stopping.Token);
    }

    public static FeedOptions Quick { get; } = new()
    {
        Lifetime = TimeSpan.FromSeconds(2), Grace = TimeSpan.FromSeconds(1), FirstRest = TimeSpan.FromMilliseconds(50), LongestRest = TimeSpan.FromMilliseconds(100),
    };

    public Feed<ConfigMapLine> Feed { get; }

    public Task<FeedReading<IReadOnlyList<ConfigMapLine>>?> ReadAsync() => Feed.ReadAsync(static store => store.Items, awaitStart: true, CancellationToken.None).AsTask();

    /// <summary>The names in memory; null when the cluster must be asked.</summary>
    public async Task<string?> NamesAsync() => await ReadAsync() is { } reading ? string.Join(',', reading.Value.Select(line => line.Name)) : null;

    public void Dispose()
    {
        _stopping.Cancel();
        _stopping.Dispose();
        _transport.Dispose();
    }
}
