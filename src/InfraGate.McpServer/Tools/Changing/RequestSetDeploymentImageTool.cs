using InfraGate.McpServer.Execution;
using InfraGate.McpServer.Planning;
using InfraGate.McpServer.Planning.Operations;

namespace InfraGate.McpServer.Tools.Changing;

/// <summary>Plans another image for one container.</summary>
internal sealed class RequestSetDeploymentImageTool(Planner planner, OpenedPlanStore store) : PlanTool(planner, store)
{
    public override ToolDefinition Definition { get; } = new()
    {
        Name = DeploymentOperations.SetImageTool,
        Title = "Plan: set a container's image",
        Description = "Plans another image for one container of a Deployment. Changes nothing until a human approves.",
        Effect = ToolEffect.Plans,
        Parameters =
        [
            ToolParameter.Namespace,
            ToolParameter.ObjectName(),
            new ToolParameter("container", ToolParameterType.DnsLabel) { Required = true },
            new ToolParameter("image", ToolParameterType.Text, "Like registry/path:tag or …@sha256:…") { Required = true, MaxLength = ImageReference.MaximumLength },
        ],
        OutputProperties = OutputProperties,
        UntrustedProperties = Untrusted,
    };

    protected override RequestedOperation Understand(ToolArguments arguments, string @namespace) =>
        ImageReference.TryParse(arguments.Text("image"), out var image)
            ? DeploymentOperations.SetImage(@namespace, arguments.Text("name"), arguments.Text("container"), image)
            : throw new ToolException(
                ToolErrorCode.InvalidArgument,
                "'image' is no image reference.",
                "Write it like nginx:1.27.3 or ghcr.io/acme/web@sha256:<64 hex digits>: registry and path in lower case, without scheme or spaces.");
}
