using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace InfraGate.McpGateway.Observability;

/// <summary>All label sets of one instrument and their values. Bounded: beyond a number of label sets new ones fall together in one.</summary>
internal sealed class MetricSeries(Instrument instrument)
{
    private const int MaxLabelSets = 1000;
    private const string Overflow = "overflow=\"true\"";

    private static readonly double[] s_bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 600, 3600];

    private readonly double[] _bounds = instrument is Histogram<double> { Advice.HistogramBucketBoundaries: { } advised } ? [.. advised] : s_bounds;

    private readonly ConcurrentDictionary<string, Cell> _cells = new(StringComparer.Ordinal);
    private readonly bool _isHistogram = IsKind(instrument, typeof(Histogram<>));
    private readonly bool _isCounter = IsKind(instrument, typeof(Counter<>));

    // An observable counter reports its total, an up-down counter what it grew by.
    private readonly bool _adds = IsKind(instrument, typeof(Counter<>)) || IsKind(instrument, typeof(UpDownCounter<>));

    /// <summary>Takes a measurement.</summary>
    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = PrometheusText.Labels(tags);
        var key = _cells.Count < MaxLabelSets || _cells.ContainsKey(labels) ? labels : Overflow;
        var cell = _cells.GetOrAdd(key, static (_, length) => new Cell(new long[length]), _isHistogram ? _bounds.Length : 0);
        lock (cell)
        {
            cell.Count++;
            cell.Sum = _adds || _isHistogram ? cell.Sum + value : value;
            for (var i = 0; i < cell.Buckets.Length; i++)
            {
                cell.Buckets[i] += value <= _bounds[i] ? 1 : 0;
            }
        }
    }

    /// <summary>Writes all samples.</summary>
    public void Write(PrometheusText text)
    {
        var name = PrometheusText.Name(instrument.Name);
        text.Begin(name, instrument.Description, _isHistogram ? "histogram" : _isCounter || IsKind(instrument, typeof(ObservableCounter<>)) ? "counter" : "gauge");
        foreach (var (labels, cell) in _cells.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            lock (cell)
            {
                Write(text, name, labels, cell);
            }
        }
    }

    private void Write(PrometheusText text, string name, string labels, Cell cell)
    {
        if (!_isHistogram)
        {
            text.Sample(name, labels, cell.Sum);
            return;
        }

        var prefix = labels.Length == 0 ? "" : labels + ",";
        for (var i = 0; i < _bounds.Length; i++)
        {
            text.Sample(name + "_bucket", $"{prefix}le=\"{_bounds[i]}\"", cell.Buckets[i]);
        }

        text.Sample(name + "_bucket", prefix + "le=\"+Inf\"", cell.Count);
        text.Sample(name + "_sum", labels, cell.Sum);
        text.Sample(name + "_count", labels, cell.Count);
    }

    private static bool IsKind(Instrument instrument, Type kind) => instrument.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == kind;

    private sealed class Cell(long[] buckets)
    {
        public long[] Buckets { get; } = buckets;

        public long Count { get; set; }

        public double Sum { get; set; }
    }
}
