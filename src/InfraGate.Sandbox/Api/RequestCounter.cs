using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace InfraGate.Sandbox.Api;

/// <summary>Counts what reached the cluster, so that a test can prove that nothing was written.</summary>
internal sealed class RequestCounter
{
    private const int Remembered = 500;

    private readonly ConcurrentQueue<string> _recent = [];
    private long _reads;
    private long _writes;
    private long _dryRuns;
    private long _reviews;

    /// <summary>Counts a request: a read, a dry run, an access review (which stores nothing), or a write.</summary>
    public void Count(HttpRequest request)
    {
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method))
        {
            Interlocked.Increment(ref _reads);
        }
        else if (request.Query["dryRun"].ToString() == "All")
        {
            Interlocked.Increment(ref _dryRuns);
        }
        else if (request.Path.StartsWithSegments("/apis/authorization.k8s.io", StringComparison.Ordinal))
        {
            Interlocked.Increment(ref _reviews);
        }
        else
        {
            Interlocked.Increment(ref _writes);
            _recent.Enqueue($"{request.Method} {request.Path}{request.QueryString}");
            if (_recent.Count > Remembered)
            {
                _recent.TryDequeue(out _);
            }
        }
    }

    public JsonObject ToJson() => new()
    {
        ["reads"] = Interlocked.Read(ref _reads),
        ["writes"] = Interlocked.Read(ref _writes),
        ["dryRuns"] = Interlocked.Read(ref _dryRuns),
        ["reviews"] = Interlocked.Read(ref _reviews),
        ["recentWrites"] = new JsonArray([.. _recent.Select(line => JsonValue.Create(line))]),
    };
}
