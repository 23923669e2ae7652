using System.Diagnostics;
using System.Text.Json.Nodes;
using InfraGate.McpServer.Hosting;
using InfraGate.McpServer.Kubernetes;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Protocol;

namespace InfraGate.McpServer.Tools;

/// <summary>Runs tool calls: who calls, are the arguments right, is the namespace allowed, then the tool; failures become coded answers.</summary>
internal sealed partial class ToolDispatcher
{
    private readonly Dictionary<string, BoundTool> _tools;
    private readonly Dictionary<string, BoundTool> _internalTools;
    private readonly CallerReader _callers;
    private readonly ClusterAccess _access;
    private readonly StandaloneRedaction? _redaction;
    private readonly ILogger<ToolDispatcher> _logger;

    /// <param name="tools">What clients may call.</param>
    /// <param name="internalTools">What the gateway itself may call, on nobody's behalf; never listed, and empty when there is no gateway.</param>
    /// <param name="clusterNames">When several clusters are configured, namespaced tools also take <c>cluster</c>.</param>
    public ToolDispatcher(IEnumerable<ITool> tools, IEnumerable<ITool> internalTools, CallerReader callers, ClusterAccess access, IReadOnlyList<string>? clusterNames, ILogger<ToolDispatcher> logger)
    {
        _callers = callers;
        _access = access;
        _redaction = callers.IsStandalone ? new StandaloneRedaction() : null;
        _logger = logger;
        _tools = tools.Select(tool => Bind(tool, clusterNames)).ToDictionary(tool => tool.Tool.Definition.Name, StringComparer.Ordinal);
        _internalTools = internalTools.Select(tool => Bind(tool, clusterNames: null)).ToDictionary(tool => tool.Tool.Definition.Name, StringComparer.Ordinal);
        Listing = new ListToolsResult { Tools = [.. _tools.Values.Select(tool => ToolListing.Describe(tool.Tool.Definition, tool.Parameters))] };
    }

    /// <summary>The answer to <c>tools/list</c>.</summary>
    public ListToolsResult Listing { get; }

    /// <exception cref="OperationCanceledException">The client cancelled the call.</exception>
    public async Task<CallToolResult> CallAsync(CallToolRequestParams request, string? clientName, IProgress<ToolProgress> progress, CancellationToken cancellationToken)
    {
        using var activity = ServerTelemetry.Source.StartActivity($"tools/call {request.Name}", ActivityKind.Server, TraceParent(request.Meta));
        var result = await AnswerAsync(request, clientName, progress, activity, cancellationToken);

        // The gateway logs each call, with who made it; a line here as well is read, inspected and written a second time, which only a failure is worth.
        if (_redaction is not null || result.IsError == true)
        {
            LogAnswered(request.Name, result.IsError == true ? "error" : "ok");
        }

        return _redaction?.Apply(result) ?? result;
    }

    private async Task<CallToolResult> AnswerAsync(
        CallToolRequestParams request, string? clientName, IProgress<ToolProgress> progress, Activity? activity, CancellationToken cancellationToken)
    {
        try
        {
            var isInternal = _internalTools.TryGetValue(request.Name, out var bound);
            bound ??= _tools.GetValueOrDefault(request.Name) ?? throw new ToolException(
                ToolErrorCode.InvalidArgument, "There is no tool of that name.", "tools/list names the tools there are.");
            var caller = isInternal ? Caller.InfraGate : _callers.Read(request.Meta, clientName);
            var arguments = ToolArguments.Bind(bound.Parameters, request.Arguments);
            var scope = bound.Tool.Definition.IsNamespaced
                ? _access.Open(caller, bound.TakesCluster ? arguments.TextOrNull("cluster") : null, arguments.Text("namespace"))
                : null;
            var answer = await bound.Tool.InvokeAsync(arguments, new ToolCall(caller, scope, progress), cancellationToken);
            return new CallToolResult { StructuredContent = answer.Structured, Content = [new TextContentBlock { Text = answer.Text }] };
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            if (exception is not (ToolException or KubernetesException))
            {
                LogDefect(exception, request.Name);
            }

            activity?.SetStatus(ActivityStatusCode.Error);
            return ErrorAnswers.Of(exception);
        }
    }

    private static BoundTool Bind(ITool tool, IReadOnlyList<string>? clusterNames)
    {
        var takesCluster = clusterNames is not null && tool.Definition.IsNamespaced;
        return new BoundTool(tool, takesCluster ? [.. tool.Definition.Parameters, ToolParameter.Cluster(clusterNames!)] : tool.Definition.Parameters, takesCluster);
    }

    private static ActivityContext TraceParent(JsonObject? meta) =>
        ActivityContext.TryParse(MetaReading.TextOrNull(meta, "traceparent"), traceState: null, isRemote: true, out var context) ? context : default;

    [LoggerMessage(Level = LogLevel.Information, Message = "Tool {Tool}: {Outcome}")]
    private partial void LogAnswered(string tool, string outcome);

    [LoggerMessage(Level = LogLevel.Error, Message = "Tool {Tool} failed unexpectedly")]
    private partial void LogDefect(Exception exception, string tool);

    private sealed record BoundTool(ITool Tool, IReadOnlyList<ToolParameter> Parameters, bool TakesCluster);
}
