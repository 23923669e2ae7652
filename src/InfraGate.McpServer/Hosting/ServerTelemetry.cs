using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace InfraGate.McpServer.Hosting;

/// <summary>The server's traces: one span a tool call, one a request to the cluster, continuing the trace the gateway began.</summary>
internal static class ServerTelemetry
{
    public const string SourceName = "InfraGate.McpServer";

    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

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

    /// <summary>
    /// Sends the spans by OTLP where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> names a collector, as the gateway does with its own; protocol, headers and sampling follow the standard
    /// <c>OTEL_*</c> variables. Null, and nothing loaded, when there is none. Disposing sends what is left.
    /// </summary>
    public static IDisposable? Export(Func<string, string?> environment) => string.IsNullOrWhiteSpace(environment(Endpoint)) ? null : StartExport();

    private static TracerProvider StartExport() => Sdk.CreateTracerProviderBuilder()
        .ConfigureResource(resource => resource.AddService("infragate-server", serviceVersion: "0.1.0"))
        .AddSource(SourceName)
        .AddOtlpExporter()
        .Build();
}
