using System.Diagnostics.Metrics;
using InfraGate.McpGateway.Guardrails;

namespace InfraGate.McpGateway.Observability;

/// <summary>The gateway's own measurements. Every label has a bounded set of values.</summary>
internal sealed class GatewayMetrics
{
    private readonly Counter<long> _sessions;
    private readonly Counter<long> _invocations;
    private readonly Histogram<double> _duration;
    private readonly Counter<long> _restarts;
    private readonly Counter<long> _refusals;
    private readonly Counter<long> _findings;
    private long _openSessions;
    private long _queued;
    private long _calls;
    private int _serverUp;

    /// <summary>Creates the instruments on the gateway's meter.</summary>
    public GatewayMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(GatewayTelemetry.Name);
        _sessions = meter.CreateCounter<long>("mcp_sessions_total", description: "MCP sessions by event: created, expired, revoked.");
        _invocations = meter.CreateCounter<long>("mcp_invocations_total", description: "Tool calls by tool and outcome.");
        _duration = meter.CreateHistogram(
            "mcp_call_duration_seconds",
            "s",
            "How long tool calls took, waiting included.",
            tags: null,
            new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120] });
        _restarts = meter.CreateCounter<long>("mcp_downstream_restarts_total", description: "Restarts of the server process by reason.");
        _refusals = meter.CreateCounter<long>("mcp_refusals_total", description: "Requests refused before they became a call, by reason.");
        _findings = meter.CreateCounter<long>("mcp_guardrail_findings_total", description: "Guardrail findings by direction, category and action.");
        meter.CreateObservableGauge("mcp_sessions_open", () => Interlocked.Read(ref _openSessions), description: "Open MCP sessions.");
        meter.CreateObservableGauge("mcp_calls_queued", () => Interlocked.Read(ref _queued), description: "Tool calls waiting for a place.");
        meter.CreateObservableGauge("mcp_downstream_up", () => Volatile.Read(ref _serverUp), description: "1 while the server process answers.");
    }

    /// <summary>How many tool calls have ended.</summary>
    public long Calls => Interlocked.Read(ref _calls);

    /// <summary>A session was opened.</summary>
    public void SessionOpened()
    {
        Interlocked.Increment(ref _openSessions);
        _sessions.Add(1, KeyValuePair.Create<string, object?>("event", "created"));
    }

    /// <summary>A session ended: <c>expired</c> by idleness or <c>revoked</c> by its client or the gateway's end.</summary>
    public void SessionEnded(string why)
    {
        Interlocked.Decrement(ref _openSessions);
        _sessions.Add(1, KeyValuePair.Create<string, object?>("event", why));
    }

    /// <summary>A tool call ended; the tool is a known name or <c>unknown</c>, the outcome <c>ok</c> or an error code.</summary>
    public void CallEnded(string tool, string outcome, TimeSpan duration)
    {
        Interlocked.Increment(ref _calls);
        _invocations.Add(1, KeyValuePair.Create<string, object?>("tool", tool), KeyValuePair.Create<string, object?>("outcome", outcome));
        _duration.Record(duration.TotalSeconds, KeyValuePair.Create<string, object?>("tool", tool));
    }

    /// <summary>The number of waiting calls changed.</summary>
    public void QueueChanged(int by) => Interlocked.Add(ref _queued, by);

    /// <summary>The server process began or ceased to answer.</summary>
    public void ServerUp(bool up) => Volatile.Write(ref _serverUp, up ? 1 : 0);

    /// <summary>The server process has to be started again.</summary>
    public void ServerRestarted(string reason) => _restarts.Add(1, KeyValuePair.Create<string, object?>("reason", reason));

    /// <summary>A request was refused.</summary>
    public void Refused(string reason) => _refusals.Add(1, KeyValuePair.Create<string, object?>("reason", reason));

    /// <summary>The guardrail found something in a message; the categories are a fixed set.</summary>
    public void GuardrailFound(GuardrailDirection direction, string action, IReadOnlyDictionary<string, int> findings)
    {
        foreach (var (category, count) in findings)
        {
            _findings.Add(
                count,
                KeyValuePair.Create<string, object?>("direction", direction.ToString().ToLowerInvariant()),
                KeyValuePair.Create<string, object?>("category", category),
                KeyValuePair.Create<string, object?>("action", action));
        }
    }
}
