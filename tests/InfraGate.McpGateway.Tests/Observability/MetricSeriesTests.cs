using System.Diagnostics.Metrics;
using InfraGate.McpGateway.Observability;

namespace InfraGate.McpGateway.Tests.Observability;

public sealed class MetricSeriesTests : IDisposable
{
    private readonly Meter _meter = new("test");

    [Fact]
    public void A_counter_adds_up_by_its_labels_and_escapes_them()
    {
        var series = new MetricSeries(_meter.CreateCounter<long>("calls_total", description: "Calls."));
        series.Record(1, [new("tool", "a\"b\\c\nd"), new("outcome", "ok")]);
        series.Record(2, [new("outcome", "ok"), new("tool", "a\"b\\c\nd")]);

        Written(series).ShouldBe("# HELP calls_total Calls.\n# TYPE calls_total counter\ncalls_total{outcome=\"ok\",tool=\"a\\\"b\\\\c\\nd\"} 3\n");
    }

    [Fact]
    public void A_histogram_counts_into_cumulative_buckets()
    {
        var series = new MetricSeries(_meter.CreateHistogram<double>("seconds"));
        series.Record(0.003, []);
        series.Record(7, []);

        var text = Written(series);
        text.ShouldContain("seconds_bucket{le=\"0.0025\"} 0\n");
        text.ShouldContain("seconds_bucket{le=\"0.005\"} 1\n");
        text.ShouldContain("seconds_bucket{le=\"10\"} 2\n");
        text.ShouldContain("seconds_bucket{le=\"+Inf\"} 2\n");
        text.ShouldContain("seconds_sum 7.003\n");
        text.ShouldContain("seconds_count 2\n");
    }

    [Fact]
    public void Labels_without_bound_do_not_take_memory_without_bound()
    {
        var series = new MetricSeries(_meter.CreateCounter<long>("flood_total"));
        for (var i = 0; i < 5000; i++)
        {
            series.Record(1, [new("id", i)]);
        }

        var lines = Written(series).Split('\n');
        lines.Length.ShouldBeLessThan(1100);
        lines.ShouldContain("flood_total{overflow=\"true\"} 4000");
    }

    public void Dispose() => _meter.Dispose();

    private static string Written(MetricSeries series)
    {
        var text = new PrometheusText();
        series.Write(text);
        return text.ToString();
    }
}
