using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace InfraGate.McpGateway.Observability;

/// <summary>Sends spans and measurements by OTLP; protocol, headers and sampling follow the standard <c>OTEL_*</c> variables.</summary>
internal sealed class Telemetry : IHostedService, IDisposable
{
    private const string AllOfOurs = "InfraGate.*";

    private readonly TracerProvider _traces = Sdk.CreateTracerProviderBuilder()
        .ConfigureResource(resource => resource.AddService("infragate-gateway", serviceVersion: "0.1.0"))
        .AddSource(AllOfOurs, "Microsoft.AspNetCore", "System.Net.Http")
        .AddOtlpExporter()
        .Build();

    private readonly MeterProvider _measurements = Sdk.CreateMeterProviderBuilder()
        .ConfigureResource(resource => resource.AddService("infragate-gateway", serviceVersion: "0.1.0"))
        .AddMeter(AllOfOurs, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel")
        .AddOtlpExporter()
        .Build();

    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Sends what is left, then ends.</summary>
    public void Dispose()
    {
        _traces.Dispose();
        _measurements.Dispose();
    }
}
