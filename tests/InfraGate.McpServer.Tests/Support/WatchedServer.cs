using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace InfraGate.McpServer.Tests.Support;

/// <summary>Answers like an API server that holds ConfigMaps: lists them, watches them, and counts the watches that are open.</summary>
internal sealed class WatchedServer
{
    private readonly ConcurrentDictionary<HttpContext, byte> _open = new();
    private int _lists;

    /// <summary>How many ConfigMaps there are.</summary>
    public int Count { get; init; } = 1;

    /// <summary>Answers a watch instead.</summary>
    public RequestDelegate? OnWatch { get; set; }

    public int OpenWatches => _open.Count;

    public int Lists => Volatile.Read(ref _lists);

    public async Task AnswerAsync(HttpContext context)
    {
        if (!context.Request.Query.ContainsKey("watch"))
        {
            Interlocked.Increment(ref _lists);
            var items = Enumerable.Range(0, Count).Select(index => $$"""{ "metadata": { "name": "map-{{index}}", "uid": "{{index}}", "resourceVersion": "5" } }""");
            await FakeApiServer.JsonAsync(context, $$"""{ "metadata": { "resourceVersion": "7" }, "items": [ {{string.Join(',', items)}} ] }""");
            return;
        }

        _open.TryAdd(context, 0);
        try
        {
            await (OnWatch ?? HoldAsync)(context);
        }
        finally
        {
            _open.TryRemove(context, out _);
        }
    }

    private static async Task HoldAsync(HttpContext context)
    {
        await context.Response.Body.FlushAsync(context.RequestAborted);
        await Task.Delay(TimeSpan.FromSeconds(int.Parse(context.Request.Query["timeoutSeconds"].ToString(), CultureInfo.InvariantCulture)), context.RequestAborted);
    }
}
