using InfraGate.McpServer.Hosting;
using InfraGate.McpServer.Kubernetes;
using InfraGate.McpServer.Kubernetes.Config;
using InfraGate.McpServer.Kubernetes.Http;
using InfraGate.RealParts.Files;
using Microsoft.Extensions.Logging;

namespace InfraGate.McpServer.Tests.Support;

/// <summary>The Kubernetes client as the server builds it from a kubeconfig.</summary>
internal sealed class ClientUnderTest : IDisposable
{
    public const string Namespace = "shop";
    private readonly TemporaryFolder _folder;

    private ClientUnderTest(TemporaryFolder folder, ClusterTransport transport, bool impersonate)
    {
        _folder = folder;
        Transport = transport;
        Access = new ClusterAccess([new AllowedTransport(transport, [Namespace])], impersonate);
    }

    public ClusterTransport Transport { get; }

    public ClusterAccess Access { get; }

    public NamespaceClient Client => Access.Open(Caller.LocalUser("test"), clusterName: null, Namespace);

    public static ClientUnderTest For(Uri server, string[]? cluster = null, string[]? user = null, bool impersonate = false, bool production = false)
    {
        var folder = TemporaryFolder.Create("kubeconfig");
        try
        {
            var file = folder.Write("config", KubeconfigText.For(server, cluster, user));
            var connection = new ConnectionBuilder(KubeconfigLoader.Load([file]), production, TimeProvider.System).Build(contextName: null);
            return new ClientUnderTest(folder, new ClusterTransport(connection, TimeProvider.System, NullLog.Factory.CreateLogger("test")), impersonate);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        Transport.Dispose();
        _folder.Dispose();
    }
}
