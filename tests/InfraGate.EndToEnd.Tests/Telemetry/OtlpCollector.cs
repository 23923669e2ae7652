using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace InfraGate.EndToEnd.Tests.Telemetry;

/// <summary>Receives OTLP over HTTP in protobuf (opentelemetry-proto 1.x, <c>/v1/traces</c> and <c>/v1/metrics</c>) and keeps what arrived.</summary>
public sealed class OtlpCollector : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<CollectedSpan> _spans = new();
    private readonly ConcurrentDictionary<(string Service, string Metric), bool> _metrics = new();

    private OtlpCollector(WebApplication app) => _app = app;

    public string Url => _app.Urls.First();

    public IReadOnlyList<CollectedSpan> Spans => [.. _spans];

    public static async Task<OtlpCollector> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var collector = new OtlpCollector(builder.Build());
        collector._app.MapPost("/v1/traces", (HttpRequest request) => TakeAsync(request, collector.TakeSpans));
        collector._app.MapPost("/v1/metrics", (HttpRequest request) => TakeAsync(request, collector.TakeMetrics));
        await collector._app.StartAsync();
        return collector;
    }

    public bool HasMetric(string service, string name) => _metrics.ContainsKey((service, name));

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static string ServiceOf(ProtobufMessage resource) => resource.Messages(1)
        .SelectMany(found => found.Messages(1))
        .Where(attribute => attribute.Text(1) == "service.name")
        .Select(attribute => attribute.Messages(2).Single().Text(1))
        .Single();

    private static async Task<IResult> TakeAsync(HttpRequest request, Action<ProtobufMessage> take)
    {
        if (request.ContentType != "application/x-protobuf")
            return Results.StatusCode(StatusCodes.Status415UnsupportedMediaType);
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        take(new ProtobufMessage(body.ToArray()));
        return Results.Bytes([], "application/x-protobuf");
    }

    private void TakeSpans(ProtobufMessage message)
    {
        foreach (var resource in message.Messages(1))
        {
            var service = ServiceOf(resource);
            foreach (var span in resource.Messages(2).SelectMany(scope => scope.Messages(2)))
                _spans.Enqueue(new CollectedSpan(service, span.Text(5), span.Hex(1), span.Hex(2), span.Hex(4)));
        }
    }

    private void TakeMetrics(ProtobufMessage message)
    {
        foreach (var resource in message.Messages(1))
        {
            var service = ServiceOf(resource);
            foreach (var metric in resource.Messages(2).SelectMany(scope => scope.Messages(2)))
                _metrics[(service, metric.Text(1))] = true;
        }
    }
}

/// <summary>A span that arrived; ids in lower-case hex.</summary>
public sealed record CollectedSpan(string Service, string Name, string Trace, string Id, string Parent);
