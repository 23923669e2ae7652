using InfraGate.McpServer.Inspection;
using InfraGate.McpServer.Inspection.Logs;
using InfraGate.McpServer.Kubernetes;

namespace InfraGate.McpServer.Tools.Reading;

/// <summary>The end of a container's log.</summary>
internal sealed class GetPodLogsTool : ITool
{
    /// <summary>Structured content and text together.</summary>
    private const int Budget = 64 * 1024;
    private const int MaxLines = 500;

    public ToolDefinition Definition { get; } = new()
    {
        Name = "get_pod_logs",
        Title = "Pod logs",
        Description = "The newest lines of a container log. previous=true: of the run before its last restart, which tells why it crashed. Name the container when the Pod has several.",
        Effect = ToolEffect.Reads,
        Parameters =
        [
            ToolParameter.Namespace,
            ToolParameter.ObjectName("podName"),
            new ToolParameter("container", ToolParameterType.DnsLabel),
            new ToolParameter("tailLines", ToolParameterType.Integer) { Minimum = 1, Maximum = MaxLines, DefaultNumber = 200 },
            new ToolParameter("previous", ToolParameterType.Flag),
            new ToolParameter("timestamps", ToolParameterType.Flag, "Put the time before each line"),
        ],
        OutputProperties = """
            "namespace":{"type":"string"},"pod":{"type":"string"},"container":{"type":"string"},"previous":{"type":"boolean"},"summary":{"type":"string"},"lines":{"type":"array","items":{"type":"string"}}
            """,
        UntrustedProperties = ["lines"],
    };

    public async Task<ToolAnswer> InvokeAsync(ToolArguments arguments, ToolCall call, CancellationToken cancellationToken)
    {
        var query = new LogQuery(arguments.TextOrNull("container"), arguments.Number("tailLines"), arguments.Flag("previous"), arguments.Flag("timestamps"));
        var log = await LogReader.ReadAsync(call.Scope, arguments.Text("podName"), query, cancellationToken);
        var answer = Answer(log);

        // Quotes and control characters take more room in JSON; the oldest lines give way.
        while (BoundedAnswer.Size(answer) > Budget && log.Lines.Count > 1)
        {
            var kept = log.Lines.Skip((log.Lines.Count + 3) / 4).ToList();
            log = log with { Lines = kept, Summary = $"The last {Bounded.Count(kept.Count, "line")}; older ones did not fit into the answer." };
            answer = Answer(log);
        }

        return answer;
    }

    private static ToolAnswer Answer(LogAnswer log) => ToolAnswer.From(log, InspectionJson.Default.LogAnswer, LogReader.Text(log));
}
