using InfraGate.McpGateway.Configuration;
using Microsoft.Extensions.Logging.Console;

namespace InfraGate.McpGateway.Observability;

/// <summary>Registers logs, measurements and traces.</summary>
internal static class ObservabilitySetup
{
    /// <summary>One JSON object a line on stdout, measurements at <c>/metrics</c>, and both measurements and spans by OTLP where an endpoint is named.</summary>
    public static WebApplicationBuilder AddObservability(this WebApplicationBuilder builder, GatewayOptions options)
    {
        builder.Logging.ClearProviders();
        builder.Logging.AddConsoleFormatter<JsonLineFormatter, ConsoleFormatterOptions>();
        builder.Logging.AddConsole(console => console.FormatterName = JsonLineFormatter.FormatterName);

        // The frameworks log requests, headers and messages at the levels below.
        builder.Logging.SetMinimumLevel(LogLevel.Information)
            .AddFilter("Microsoft", LogLevel.Warning)
            .AddFilter("System", LogLevel.Warning)
            // The SDK logs each refused request with its stack; what a call came to, and what failed inside, is logged by MeasureStage.
            .AddFilter("ModelContextProtocol", LogLevel.None);
        builder.Services.AddSingleton<GatewayMetrics>();
        builder.Services.AddSingleton<PlanMetrics>();
        builder.Services.AddHostedService<PlanFollower>();
        builder.Services.AddHostedService<IdleTrim>();
        builder.Services.AddSingleton<PrometheusExporter>();
        builder.Services.AddHostedService(services => services.GetRequiredService<PrometheusExporter>());
        if (options.OtlpEndpoint is not null)
        {
            builder.Services.AddHostedService<Telemetry>();
        }

        return builder;
    }

    /// <summary>Maps <c>/metrics</c>.</summary>
    public static void MapMetrics(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/metrics", (PrometheusExporter exporter) => TypedResults.Text(exporter.Write(), PrometheusText.ContentType));
}
