using InfraGate.McpServer.Inspection;
using InfraGate.McpServer.Inspection.Caching;
using InfraGate.McpServer.Inspection.Resources;

namespace InfraGate.McpServer.Tools.Reading;

/// <summary>One object.</summary>
/// <param name="cache">Null to read everything live.</param>
internal sealed class GetResourceTool(ReadCache? cache) : ITool
{
    /// <summary>Both representations together; room is left for the time that an answer from memory states.</summary>
    private const int Budget = (16 * 1024) - 80;
    private const int LongestList = 60;

    public ToolDefinition Definition { get; } = new()
    {
        Name = "get_k8s_resource",
        Title = "One object",
        Description = "One object in detail. ConfigMap values are never shown, only keys and sizes; environment values that look secret appear as fingerprints; Secrets are refused. 'observed' (absent when read live): not older than that.",
        Effect = ToolEffect.Reads,
        Parameters =
        [
            ToolParameter.Namespace,
            new ToolParameter("kind", ToolParameterType.Text, "Deployment, ReplicaSet, Pod, Service or ConfigMap") { Required = true, MaxLength = 63 },
            ToolParameter.ObjectName(),
        ],
        OutputProperties = """
            "namespace":{"type":"string"},"kind":{"type":"string"},"name":{"type":"string"},"observed":{"type":"string"},"created":{"type":"string"},"deleting":{"type":"string"},"generation":{"type":"integer"},"owner":{"type":"string"},"labels":{"type":"object"},"annotations":{"type":"object"},"workload":{"type":"object"},"pod":{"type":"object"},"service":{"type":"object"},"configMap":{"type":"object"},"omitted":{"type":"array","items":{"type":"string"}}
            """,
        UntrustedProperties = ["labels", "annotations", "image", "command", "args", "env", "conditions", "containerStates"],
    };

    public async Task<ToolAnswer> InvokeAsync(ToolArguments arguments, ToolCall call, CancellationToken cancellationToken)
    {
        var (client, kind, name) = (call.Scope, ResourceReader.Canonical(arguments.Text("kind")), arguments.Text("name"));
        return cache is not null
            ? await cache.Of(client).ResourceAsync(client, kind, name, Fit, cancellationToken)
            : Fit(await ResourceReader.ReadAsync(client, kind, name, cancellationToken)).Answer;
    }

    private static (ResourceView View, ToolAnswer Answer) Fit(ResourceReading reading) =>
        BoundedAnswer.FitValue(Budget, LongestList, reading.View, InspectionJson.Default.ResourceView);
}
