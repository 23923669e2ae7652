using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace InfraGate.McpGateway.Observability;

/// <summary>Listens to every meter of InfraGate in this process, plus the web server's and the runtime's few useful ones, and writes what they say on request.</summary>
internal sealed class PrometheusExporter : IHostedService, IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<Instrument, MetricSeries> _series = new();

    /// <summary>Begins to listen.</summary>
    public PrometheusExporter(IMeterFactory meters)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            // A meter of another host in this process (the scope of one is its factory) is another gateway's.
            if (IsExported(instrument) && (instrument.Meter.Scope is null || instrument.Meter.Scope == meters))
            {
                listener.EnableMeasurementEvents(instrument, _series.GetOrAdd(instrument, static published => new MetricSeries(published)));
            }
        };
        _listener.SetMeasurementEventCallback<double>(static (_, value, tags, series) => (series as MetricSeries)?.Record(value, tags));
        _listener.SetMeasurementEventCallback<long>(static (_, value, tags, series) => (series as MetricSeries)?.Record(value, tags));
        _listener.SetMeasurementEventCallback<int>(static (_, value, tags, series) => (series as MetricSeries)?.Record(value, tags));
        _listener.Start();
    }

    /// <summary>Everything as Prometheus reads it.</summary>
    public string Write()
    {
        _listener.RecordObservableInstruments();
        var text = new PrometheusText();
        foreach (var (_, series) in _series.OrderBy(entry => entry.Key.Name, StringComparer.Ordinal))
        {
            series.Write(text);
        }

        return text.ToString();
    }

    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public void Dispose() => _listener.Dispose();

    private static bool IsExported(Instrument instrument) =>
        instrument.Meter.Name.StartsWith("InfraGate.", StringComparison.Ordinal)
        || instrument.Name is "kestrel.active_connections" or "dotnet.process.memory.working_set" or "dotnet.thread_pool.queue.length";
}
