using System.Diagnostics.Metrics;
using InfraGate.Plans.Lifecycle;

namespace InfraGate.McpGateway.Observability;

/// <summary>Measurements of plans: how many there are, how they move, how long humans take. The labels are statuses, never ids or names.</summary>
internal sealed class PlanMetrics
{
    private readonly Counter<long> _transitions;
    private readonly Histogram<double> _latency;
    private IReadOnlyDictionary<PlanStatus, long>? _plans;
    private bool _isAnchored = true;
    private bool _isWhole = true;

    /// <summary>Creates the instruments on the gateway's meter.</summary>
    public PlanMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(GatewayTelemetry.Name);
        _transitions = meter.CreateCounter<long>("mcp_plan_transitions_total", description: "Plan transitions by the status before (none for a new plan) and after.");
        _latency = meter.CreateHistogram(
            "mcp_approval_latency_seconds",
            "s",
            "From the request of a plan to the decision on it, by verdict: approved, denied.",
            tags: null,
            new InstrumentAdvice<double> { HistogramBucketBoundaries = [1, 5, 15, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 14_400, 86_400] });
        meter.CreateObservableGauge("mcp_plans", ObservePlans, description: "Plans in the store by status.");
        meter.CreateObservableGauge("mcp_audit_anchored", () => Volatile.Read(ref _isAnchored) ? 1 : 0, description: "0 while the newest audit signature cannot be kept outside of the database.");
        meter.CreateObservableGauge("mcp_audit_whole", () => Volatile.Read(ref _isWhole) ? 1 : 0, description: "0 while the audit trail is known not to continue what was signed.");
    }

    /// <summary>How many plans are in each status, as last counted.</summary>
    public IReadOnlyDictionary<PlanStatus, long> Plans
    {
        set => Volatile.Write(ref _plans, value);
    }

    /// <summary>Whether the newest audit signature is kept outside of the database.</summary>
    public bool IsAnchored
    {
        set => Volatile.Write(ref _isAnchored, value);
    }

    /// <summary>Whether the audit trail continues what was signed, as far as is known.</summary>
    public bool IsWhole
    {
        set => Volatile.Write(ref _isWhole, value);
    }

    /// <summary>A plan went from one status to another; from none when it is new.</summary>
    public void Moved(PlanStatus? from, PlanStatus to) =>
        _transitions.Add(1, KeyValuePair.Create<string, object?>("from", from is { } before ? Label(before) : "none"), KeyValuePair.Create<string, object?>("to", Label(to)));

    /// <summary>Humans decided on a plan that was requested so long ago.</summary>
    public void Decided(bool approved, TimeSpan after) =>
        _latency.Record(after.TotalSeconds, KeyValuePair.Create<string, object?>("verdict", approved ? "approved" : "denied"));

    private IEnumerable<Measurement<long>> ObservePlans()
    {
        if (Volatile.Read(ref _plans) is not { } plans)
        {
            // Nothing was counted yet, and "none" would be a claim.
            return [];
        }

        // A status that has no plan any more must fall to 0, not stay at its last number.
        return Enum.GetValues<PlanStatus>().Select(status => new Measurement<long>(plans.GetValueOrDefault(status), KeyValuePair.Create<string, object?>("status", Label(status))));
    }

    private static string Label(PlanStatus status) => status.ToString().ToLowerInvariant();
}
