using InfraGate.Plans;

namespace InfraGate.McpServer.Execution;

/// <summary>How writing one target ended.</summary>
internal enum WriteEnd
{
    /// <summary>It is as planned.</summary>
    Done,

    /// <summary>It was no longer as reviewed; nothing was written to it.</summary>
    Moved,

    /// <summary>The API server refused it, or it ended as something else.</summary>
    Refused,
}

/// <summary>The end of writing one target.</summary>
/// <param name="End">How it ended.</param>
/// <param name="Result">What the outcome records.</param>
/// <param name="Message">Why, or what was established, in a sentence; null when it was written plainly.</param>
/// <param name="ResourceVersion">The version afterwards, where known.</param>
internal sealed record TargetWrite(WriteEnd End, TargetResult Result, string? Message, string? ResourceVersion)
{
    public static TargetWrite Written(string? resourceVersion, string? message = null) => new(WriteEnd.Done, TargetResult.Written, message, resourceVersion);

    public static TargetWrite AlreadySo(string? resourceVersion, string message) => new(WriteEnd.Done, TargetResult.AlreadySo, message, resourceVersion);

    public static TargetWrite Moved(string message) => new(WriteEnd.Moved, TargetResult.Failed, message, ResourceVersion: null);

    public static TargetWrite Refused(string message) => new(WriteEnd.Refused, TargetResult.Failed, message, ResourceVersion: null);
}

/// <summary>
/// The cluster stopped answering while a write was under way, and what became of the write could not be established in time. The plan stays Applying until
/// recovery has established it.
/// </summary>
internal sealed class OutcomeUnknownException : Exception
{
    public OutcomeUnknownException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
