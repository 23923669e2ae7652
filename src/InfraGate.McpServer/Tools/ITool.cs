using InfraGate.McpServer.Kubernetes;

namespace InfraGate.McpServer.Tools;

/// <summary>One MCP tool: thin, its work is done in Inspection, Planning or Execution.</summary>
internal interface ITool
{
    ToolDefinition Definition { get; }

    /// <exception cref="ToolException">The call is refused or failed in a way the caller can act on.</exception>
    /// <exception cref="KubernetesException">The cluster refused or could not be reached; the dispatcher turns it into a coded answer.</exception>
    Task<ToolAnswer> InvokeAsync(ToolArguments arguments, ToolCall call, CancellationToken cancellationToken);
}
