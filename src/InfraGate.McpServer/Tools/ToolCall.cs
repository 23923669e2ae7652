using InfraGate.McpServer.Hosting;
using InfraGate.McpServer.Kubernetes;

namespace InfraGate.McpServer.Tools;

/// <summary>Who calls, where the call may act, and where its progress goes.</summary>
internal sealed class ToolCall(Caller caller, NamespaceClient? scope, IProgress<ToolProgress> progress)
{
    public Caller Caller => caller;

    public IProgress<ToolProgress> Progress => progress;

    /// <summary>The allowed namespace that the call names, as a client that cannot leave it.</summary>
    public NamespaceClient Scope => scope ?? throw new InvalidOperationException("This tool takes no namespace.");
}

/// <summary>A step of a long call, sent as an MCP progress notification when the client asked for them.</summary>
/// <param name="Step">Grows with each report.</param>
/// <param name="Total">The last step, when known.</param>
internal readonly record struct ToolProgress(float Step, float? Total, string Message);
