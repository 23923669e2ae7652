using InfraGate.McpServer.Inspection;
using InfraGate.McpServer.Inspection.Events;
using InfraGate.McpServer.Kubernetes;

namespace InfraGate.McpServer.Tools.Reading;

/// <summary>What happened lately.</summary>
internal sealed class GetEventsTool : ITool
{
    private const int Budget = 32 * 1024;

    public ToolDefinition Definition { get; } = new()
    {
        Name = "get_k8s_events",
        Title = "Events",
        Description = "Recent events of a namespace, grouped by reason and object with counts, newest first.",
        Effect = ToolEffect.Reads,
        Parameters =
        [
            ToolParameter.Namespace,
            ToolParameter.LabelSelector,
            new ToolParameter("fieldSelector", ToolParameterType.Text, "Like regarding.name=web-1,type=Warning"),
            ToolParameter.Limit("Groups", 100),
        ],
        OutputProperties = """
            "namespace":{"type":"string"},"summary":{"type":"string"},"events":{"type":"array","items":{"type":"object","properties":{"object":{"type":"string"},"reason":{"type":"string"},"warning":{"type":"string"},"count":{"type":"integer"},"last":{"type":"string"},"message":{"type":"string"},"more":{"type":"array","items":{"type":"string"}}}}},"omitted":{"type":"array","items":{"type":"string"}}
            """,
        UntrustedProperties = ["message", "more", "reason"],
    };

    public async Task<ToolAnswer> InvokeAsync(ToolArguments arguments, ToolCall call, CancellationToken cancellationToken)
    {
        var query = new ListQuery { LabelSelector = arguments.TextOrNull("labelSelector"), FieldSelector = arguments.TextOrNull("fieldSelector") };
        var events = await EventsReader.ReadAsync(call.Scope, query, cancellationToken);
        return BoundedAnswer.Fit(Budget, arguments.Number("limit"), events.Build, InspectionJson.Default.EventsAnswer);
    }
}
