namespace InfraGate.McpServer.Kubernetes.Watching;

/// <summary>Takes what a watch says, in the order in which it happened.</summary>
internal interface IWatchSink<in T>
{
    /// <summary>The API server accepted the watch; changes follow.</summary>
    void Opened();

    void Take(WatchEventType type, T item);
}

internal enum WatchEventType
{
    Added,
    Modified,
    Deleted,

    /// <summary>Nothing happened up to the version that the object carries; it carries nothing else.</summary>
    Bookmark,
}
