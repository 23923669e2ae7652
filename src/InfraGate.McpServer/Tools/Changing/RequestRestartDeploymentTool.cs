using InfraGate.McpServer.Execution;
using InfraGate.McpServer.Planning;
using InfraGate.McpServer.Planning.Operations;

namespace InfraGate.McpServer.Tools.Changing;

/// <summary>Plans a rollout restart.</summary>
internal sealed class RequestRestartDeploymentTool(Planner planner, OpenedPlanStore store) : PlanTool(planner, store)
{
    public override ToolDefinition Definition { get; } = new()
    {
        Name = DeploymentOperations.RestartTool,
        Title = "Plan: restart a Deployment",
        Description = "Plans a rollout restart of a Deployment, as kubectl rollout restart does. Changes nothing until a human approves.",
        Effect = ToolEffect.Plans,
        Parameters = [ToolParameter.Namespace, ToolParameter.ObjectName()],
        OutputProperties = OutputProperties,
        UntrustedProperties = Untrusted,
    };

    protected override RequestedOperation Understand(ToolArguments arguments, string @namespace) =>
        DeploymentOperations.Restart(@namespace, arguments.Text("name"));
}
