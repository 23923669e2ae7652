using System.Security.Cryptography.X509Certificates;
using InfraGate.McpServer.Kubernetes.Credentials;

namespace InfraGate.McpServer.Kubernetes.Config;

/// <summary>The connection of a Pod to its own cluster, with the service account's rotating token.</summary>
/// <param name="environment">Looks a variable up.</param>
/// <param name="folder">Where the kubelet puts the service account's files.</param>
internal sealed class InClusterConfig(Func<string, string?> environment, TimeProvider time, string folder = "/var/run/secrets/kubernetes.io/serviceaccount")
{
    public const string Name = "in-cluster";

    public bool IsPresent => environment("KUBERNETES_SERVICE_HOST") is { Length: > 0 } && File.Exists(Path.Combine(folder, "token"));

    public ClusterConnection Build()
    {
        var host = environment("KUBERNETES_SERVICE_HOST")!;
        var port = environment("KUBERNETES_SERVICE_PORT") ?? "443";
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(Path.Combine(folder, "ca.crt"));
        return new ClusterConnection
        {
            Name = Name,
            Server = new Uri($"https://{(host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host)}:{port}/"),
            Authorities = authorities,
            Credential = new TokenFileCredential(Path.Combine(folder, "token"), certificate: null, time),
        };
    }
}
