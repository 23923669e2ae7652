namespace InfraGate.McpServer.Kubernetes.Watching;

/// <summary>What a feed must be told, whatever it holds.</summary>
internal interface IFeed
{
    /// <summary>This version was seen or written; nothing older may be read from now on.</summary>
    void Raise(string? version);

    /// <summary>The object of this name was deleted; it may not be read any more.</summary>
    void ExpectDeletion(string name);

    /// <summary>Something may have been written; nothing may be read before the collection has been listed again.</summary>
    void Doubt();
}
