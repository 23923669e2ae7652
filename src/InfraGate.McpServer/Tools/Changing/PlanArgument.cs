using InfraGate.Plans;

namespace InfraGate.McpServer.Tools.Changing;

/// <summary>The argument that names a plan.</summary>
internal static class PlanArgument
{
    public static ToolParameter Parameter { get; } = new("planId", ToolParameterType.Text, "As a request_* tool returned it") { Required = true, MaxLength = 40 };

    /// <exception cref="ToolException">It is no plan id.</exception>
    public static PlanId Read(ToolArguments arguments) =>
        PlanId.TryParse(arguments.Text(Parameter.Name), out var id)
            ? id
            : throw new ToolException(ToolErrorCode.InvalidArgument, "'planId' is no plan id; one looks like 20261120-7QK2M9ZX.", "Use the planId that a request_* tool returned.");
}
