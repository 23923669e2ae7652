using System.Collections.Concurrent;
using InfraGate.McpServer.Kubernetes;

namespace InfraGate.McpServer.Planning.Operations;

/// <summary>
/// Remembers for half a minute which rights a cluster has said that an identity has, so that an agent that plans one change after the other asks once. A refusal is never remembered. Nothing
/// is allowed on the strength of this: the dry run that is part of every plan is authorized by the API server itself, and so is the write.
/// </summary>
internal sealed class RememberedRights(TimeProvider time)
{
    private const int MostKept = 1_000;
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<Right, long> _since = new();

    /// <summary>Whether the cluster allowed it a moment ago.</summary>
    public bool Knows(NamespaceClient client, string verb, ApiResource resource, string name) =>
        _since.TryGetValue(Right.Of(client, verb, resource, name), out var since) && time.GetElapsedTime(since) < Remembered;

    /// <summary>Notes that the cluster allows it.</summary>
    public void Allowed(NamespaceClient client, string verb, ApiResource resource, string name)
    {
        if (_since.Count >= MostKept)
        {
            _since.Clear();
        }

        _since[Right.Of(client, verb, resource, name)] = time.GetTimestamp();
    }

    private sealed record Right(Uri Server, string Cluster, string Identity, string Namespace, string Verb, string Group, string Plural, string Name)
    {
        public static Right Of(NamespaceClient client, string verb, ApiResource resource, string name) =>
            new(client.Server, client.Cluster, client.Identity, client.Namespace, verb, resource.Group, resource.Plural, name);
    }
}
