using InfraGate.McpServer.Execution;
using InfraGate.McpServer.Planning;
using InfraGate.McpServer.Planning.Manifests;
using InfraGate.McpServer.Planning.Operations;

namespace InfraGate.McpServer.Tools.Changing;

/// <summary>What the five <c>request_*</c> tools have in common: they understand their arguments and hand the rest to the planner.</summary>
internal abstract class PlanTool(Planner planner, OpenedPlanStore store) : ITool
{
    protected const string OutputProperties = """
        "planId":{"type":"string"},"status":{"type":"string"},"operation":{"type":"string"},"cluster":{"type":"string"},"namespace":{"type":"string"},"summary":{"type":"string"},"objects":{"type":"array","items":{"type":"object"}},"changes":{"type":"array","items":{"type":"string"}},"findings":{"type":"array","items":{"type":"object"}},"omitted":{"type":"string"},"expiresAt":{"type":"string"},"reused":{"type":"boolean"},"next":{"type":"string"}
        """;

    /// <summary>Field values and findings quote what stands in manifests and live objects.</summary>
    protected static readonly string[] Untrusted = ["changes", "findings"];

    public abstract ToolDefinition Definition { get; }

    public async Task<ToolAnswer> InvokeAsync(ToolArguments arguments, ToolCall call, CancellationToken cancellationToken)
    {
        var operation = Understand(arguments, call.Scope.Namespace);
        await store.OpenAsync(cancellationToken);
        var planned = await planner.PlanAsync(operation, call.Scope, call.Caller, cancellationToken);
        return ToolAnswer.From(PlanAnswer.Of(planned), PlanAnswerJson.Default.PlanAnswer);
    }

    /// <exception cref="ToolException">The arguments make no sense together.</exception>
    protected abstract RequestedOperation Understand(ToolArguments arguments, string @namespace);

    protected static Manifest Parse(ManifestParser parser, ToolArguments arguments, string @namespace)
    {
        try
        {
            return parser.Parse(arguments.Text("manifest"), @namespace);
        }
        catch (ManifestException refusal)
        {
            throw Refusals.Of(refusal);
        }
    }
}
