namespace InfraGate.McpServer.Kubernetes.Watching;

/// <summary>
/// Is told of every object that this process reads live or writes, before anybody learns of the answer, so that nothing read afterwards from memory is older.
/// </summary>
internal interface IVersionWitness
{
    /// <summary>An object of the collection was seen or written at this version.</summary>
    void Saw(CollectionKey collection, string? resourceVersion);

    /// <summary>The API server agreed to delete an object.</summary>
    void Deleted(CollectionKey collection, string name);

    /// <summary>A write was sent and nobody knows what became of it.</summary>
    void Doubts(CollectionKey collection);
}

/// <summary>The objects of one kind in one namespace of one cluster.</summary>
internal readonly record struct CollectionKey(string Cluster, string Namespace, ApiResource Resource);
