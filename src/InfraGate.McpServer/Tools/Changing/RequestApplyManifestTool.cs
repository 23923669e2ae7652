using InfraGate.McpServer.Execution;
using InfraGate.McpServer.Planning;
using InfraGate.McpServer.Planning.Manifests;
using InfraGate.McpServer.Planning.Operations;

namespace InfraGate.McpServer.Tools.Changing;

/// <summary>Plans the server-side apply of a manifest.</summary>
internal sealed class RequestApplyManifestTool(Planner planner, OpenedPlanStore store, ManifestParser parser) : PlanTool(planner, store)
{
    public override ToolDefinition Definition { get; } = new()
    {
        Name = ManifestOperations.ApplyTool,
        Title = "Plan: apply a manifest",
        Description = "Plans a server-side apply of apps/v1 Deployments, v1 Services and v1 ConfigMaps (YAML or JSON, up to 20 documents). Changes nothing: returns a planId, the diff and findings for a human to approve.",
        Effect = ToolEffect.Plans,
        Parameters = [ToolParameter.Namespace, new ToolParameter("manifest", ToolParameterType.Text, "YAML or JSON") { Required = true, MaxLength = ManifestLimits.Bytes }],
        OutputProperties = OutputProperties,
        UntrustedProperties = Untrusted,
    };

    protected override RequestedOperation Understand(ToolArguments arguments, string @namespace) =>
        ManifestOperations.Apply(@namespace, Parse(parser, arguments, @namespace));
}
