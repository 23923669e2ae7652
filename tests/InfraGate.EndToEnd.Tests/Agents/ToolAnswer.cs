using System.Text.Json;
using ModelContextProtocol.Protocol;

namespace InfraGate.EndToEnd.Tests.Agents;

/// <summary>What a tool answered, as an agent's program sees it.</summary>
public sealed class ToolAnswer(CallToolResult result)
{
    public bool IsError => result.IsError == true;

    public string Text => string.Join('\n', result.Content.OfType<TextContentBlock>().Select(block => block.Text));

    public JsonElement Structured => result.StructuredContent ?? throw new InvalidOperationException($"There is no structured content beside: {Text}");

    /// <summary>The error's code; null for a success.</summary>
    public string? Code => IsError ? Structured.GetProperty("error").GetProperty("code").GetString() : null;

    /// <summary>The error's details.</summary>
    public JsonElement Details => Structured.GetProperty("error").GetProperty("details");

    /// <summary>A string of a success's structured content.</summary>
    public string this[string name] =>
        !IsError ? Structured.GetProperty(name).GetString()! : throw new InvalidOperationException($"\"{name}\" was expected of an answer that is an error: {Text}");

    /// <summary>The link that <c>apply_approved_plan</c> gives for a plan that waits.</summary>
    public Uri ApprovalLink => new(Details.GetProperty("approvalUrl").GetString()!);

    public override string ToString() => Text;
}
