using InfraGate.McpServer.Execution;
using InfraGate.McpServer.Planning;
using InfraGate.McpServer.Planning.Operations;

namespace InfraGate.McpServer.Tools.Changing;

/// <summary>Plans a replica count.</summary>
internal sealed class RequestScaleDeploymentTool(Planner planner, OpenedPlanStore store, int maximumReplicas) : PlanTool(planner, store)
{
    public override ToolDefinition Definition { get; } = new()
    {
        Name = DeploymentOperations.ScaleTool,
        Title = "Plan: scale a Deployment",
        Description = "Plans another replica count for a Deployment. Changes nothing until a human approves.",
        Effect = ToolEffect.Plans,
        Parameters =
        [
            ToolParameter.Namespace,
            ToolParameter.ObjectName(),
            new ToolParameter("replicas", ToolParameterType.Integer) { Required = true, Minimum = 0, Maximum = maximumReplicas },
        ],
        OutputProperties = OutputProperties,
        UntrustedProperties = Untrusted,
    };

    protected override RequestedOperation Understand(ToolArguments arguments, string @namespace) =>
        DeploymentOperations.Scale(@namespace, arguments.Text("name"), arguments.Number("replicas"));
}
