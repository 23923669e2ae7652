using System.Text.Json;
using InfraGate.McpGateway.Configuration;

namespace InfraGate.McpGateway.Observability;

/// <summary>Registers logs, measurements and traces.</summary>
internal static class ObservabilitySetup
{
    /// <summary>Structured logs on stdout, one JSON object a line, each with the trace it belongs to; the gateway's own measurements.</summary>
    public static WebApplicationBuilder AddObservability(this WebApplicationBuilder builder, GatewayOptions options)
    {
        builder.Logging.ClearProviders();
        builder.Logging.Configure(logging => logging.ActivityTrackingOptions = ActivityTrackingOptions.TraceId | ActivityTrackingOptions.SpanId);
        builder.Logging.AddJsonConsole(console =>
        {
            console.IncludeScopes = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
            console.JsonWriterOptions = new JsonWriterOptions { Indented = false };
        });

        // The frameworks log requests, headers and messages at the levels below.
        builder.Logging.SetMinimumLevel(LogLevel.Information)
            .AddFilter("Microsoft", LogLevel.Warning)
            .AddFilter("System", LogLevel.Warning)
            .AddFilter("ModelContextProtocol", LogLevel.Error);
        builder.Services.AddMetrics();
        builder.Services.AddSingleton<GatewayMetrics>();
        return builder;
    }
}
