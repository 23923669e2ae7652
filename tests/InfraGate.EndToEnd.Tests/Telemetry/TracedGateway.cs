using InfraGate.EndToEnd.Tests.Gateways;
using InfraGate.RealParts.Clusters;

namespace InfraGate.EndToEnd.Tests.Telemetry;

/// <summary>A gateway that sends its telemetry to a collector.</summary>
public sealed class TracedGateway() : GatewayUnderTest(new SandboxCluster(), namespaces: 0)
{
    private OtlpCollector? _collector;

    public OtlpCollector Collector => _collector ?? throw new InvalidOperationException("The stack is not started.");

    public override async Task InitializeAsync()
    {
        _collector = await OtlpCollector.StartAsync();
        await base.InitializeAsync();
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        if (_collector is not null)
            await _collector.DisposeAsync();
        _collector = null;
    }

    protected override IReadOnlyDictionary<string, string?> ConfigureGateway() => new Dictionary<string, string?>
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = Collector.Url,
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_BSP_SCHEDULE_DELAY"] = "200",
        ["OTEL_METRIC_EXPORT_INTERVAL"] = "500",
    };
}
