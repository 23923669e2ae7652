using System.Text.Json;

namespace InfraGate.McpServer.Tools;

/// <summary>
/// A refusal or failure that the caller is meant to read: a stable code, one plain sentence, and what to do next.
/// Everything else that is thrown is a defect and reaches the caller only as a generic sentence.
/// </summary>
internal sealed class ToolException : Exception
{
    public ToolException(ToolErrorCode code, string message, string hint, JsonElement? details = null, Exception? inner = null)
        : base(message, inner)
    {
        Code = code;
        Hint = hint;
        Details = details;
    }

    public ToolErrorCode Code { get; }

    public string Hint { get; }

    /// <summary>Machine-readable particulars, such as the field conflicts of an apply; never a value from the cluster.</summary>
    public JsonElement? Details { get; }
}
