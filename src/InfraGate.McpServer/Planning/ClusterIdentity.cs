using InfraGate.McpServer.Kubernetes;

namespace InfraGate.McpServer.Planning;

/// <summary>
/// What a plan is sealed to: the cluster's configured name and the address behind it, for a context of the same name may lead to another cluster tomorrow.
/// </summary>
internal static class ClusterIdentity
{
    public static string Of(NamespaceClient client) => $"{client.Cluster} ({client.Server.GetLeftPart(UriPartial.Path).TrimEnd('/')})";
}
