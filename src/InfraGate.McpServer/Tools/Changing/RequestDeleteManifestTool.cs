using InfraGate.McpServer.Execution;
using InfraGate.McpServer.Planning;
using InfraGate.McpServer.Planning.Manifests;
using InfraGate.McpServer.Planning.Operations;

namespace InfraGate.McpServer.Tools.Changing;

/// <summary>Plans the deletion of what a manifest names.</summary>
internal sealed class RequestDeleteManifestTool(Planner planner, OpenedPlanStore store, ManifestParser parser) : PlanTool(planner, store)
{
    public override ToolDefinition Definition { get; } = new()
    {
        Name = ManifestOperations.DeleteTool,
        Title = "Plan: delete objects",
        Description = "Plans the deletion of the Deployments, Services and ConfigMaps that a manifest names (apiVersion, kind and metadata.name of each suffice). Changes nothing until a human approves.",
        Effect = ToolEffect.Plans,
        Parameters = [ToolParameter.Namespace, new ToolParameter("manifest", ToolParameterType.Text, "YAML or JSON") { Required = true, MaxLength = ManifestLimits.Bytes }],
        OutputProperties = OutputProperties,
        UntrustedProperties = Untrusted,
    };

    protected override RequestedOperation Understand(ToolArguments arguments, string @namespace) =>
        ManifestOperations.Delete(@namespace, Parse(parser, arguments, @namespace));
}
