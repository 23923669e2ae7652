using System.Diagnostics;

namespace InfraGate.McpServer.Hosting;

/// <summary>The server's traces: one span a tool call, one a request to the cluster, continuing the trace the gateway began.</summary>
internal static class ServerTelemetry
{
    public const string SourceName = "InfraGate.McpServer";

    public static ActivitySource Source { get; } = new(SourceName);

    /// <summary>Spans are made even when none is exported, so that log lines of both processes carry one trace id.</summary>
    public static ActivityListener Listen()
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name is SourceName,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}
