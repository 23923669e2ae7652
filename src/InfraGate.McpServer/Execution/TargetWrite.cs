using System.Text.Json.Nodes;
using InfraGate.McpServer.Planning.Objects;
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
/// <param name="Document">The object afterwards, where it was seen.</param>
internal sealed record TargetWrite(WriteEnd End, TargetResult Result, string? Message, JsonObject? Document)
{
    /// <summary>The object's version afterwards, where known.</summary>
    public string? ResourceVersion => Document.TextAt("metadata", "resourceVersion");

    public static TargetWrite Written(JsonObject? document, string? message = null) => new(WriteEnd.Done, TargetResult.Written, message, document);

    public static TargetWrite AlreadySo(JsonObject? document, string message) => new(WriteEnd.Done, TargetResult.AlreadySo, message, document);

    public static TargetWrite Moved(string message) => new(WriteEnd.Moved, TargetResult.Failed, message, Document: null);

    public static TargetWrite Refused(string message, JsonObject? document = null) => new(WriteEnd.Refused, TargetResult.Failed, message, document);
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
