using InfraGate.Plans.Audit;
using InfraGate.Plans.Storage;

namespace InfraGate.McpGateway.Observability;

/// <summary>
/// Measures what becomes of plans by following the audit trail from its end at the start: whoever changes a plan, this gateway, its server or another replica, leaves an entry there. Every
/// gateway of a shared store therefore counts every transition; do not add them up.
/// </summary>
internal sealed partial class PlanFollower(IPlanStore store, AuditSigner signer, PlanMetrics metrics, TimeProvider time, ILogger<PlanFollower> logger) : BackgroundService
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);

    private long? _followed;
    private string? _problem;
    private string? _alarm;

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_interval, time);
        do
        {
            try
            {
                ReportSigner();
                await FollowAsync(stoppingToken);
            }
            catch (PlanStoreException failure)
            {
                // Nothing is lost: the next round goes on where this one stopped.
                LogBehind(failure.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task FollowAsync(CancellationToken cancel)
    {
        // The statuses are counted again only when something happened: every transition has its entry.
        var head = await store.ReadAuditHeadAsync(cancel);
        if (head.Sequence == _followed)
        {
            return;
        }

        if (_followed is { } followed)
        {
            await foreach (var entry in store.ReadAuditAsync(followed + 1, cancel))
            {
                await MeasureAsync(entry, cancel);
                _followed = entry.Sequence;
            }
        }
        else
        {
            _followed = head.Sequence;
        }

        metrics.Plans = await store.CountAsync(cancel);
    }

    private async Task MeasureAsync(AuditEntry entry, CancellationToken cancel)
    {
        if (entry.To is { } reached)
        {
            metrics.Moved(entry.From, reached);
        }

        if (entry.Action is AuditActions.PlanApproved or AuditActions.PlanDenied && await FindAsync(entry, cancel) is { } created)
        {
            metrics.Decided(entry.Action == AuditActions.PlanApproved, entry.At - created);
        }
    }

    private async Task<DateTimeOffset?> FindAsync(AuditEntry entry, CancellationToken cancel)
    {
        try
        {
            return (await store.FindAsync(entry.Plan, cancel))?.Content.CreatedAt;
        }
        catch (PlanTamperedException)
        {
            // Whoever uses the plan is refused and told why; here only its age is missing.
            return null;
        }
    }

    /// <summary>
    /// A signature that cannot be kept weakens the audit and is told to operators. Readiness does not follow it: the next signature needs another change, and a gateway out of service
    /// would see none.
    /// </summary>
    private void ReportSigner()
    {
        var problem = signer.Problem;
        metrics.IsAnchored = problem is null;
        if (problem is not null && problem != _problem)
        {
            LogNotAnchored(problem);
        }

        _problem = problem;
        var alarm = signer.Alarm;
        metrics.IsWhole = alarm is null;
        if (alarm is not null && alarm != _alarm)
        {
            LogBroken(alarm);
        }

        _alarm = alarm;
    }

    [LoggerMessage(LogLevel.Warning, "Measuring plans is behind: {Reason}")]
    private partial void LogBehind(string reason);

    [LoggerMessage(LogLevel.Error, "The audit trail does not continue what was signed; nothing is signed or approved until that is looked into (docs/audit.md): {Alarm}")]
    private partial void LogBroken(string alarm);

    [LoggerMessage(LogLevel.Error, "The audit trail is signed, but not outside of the database: {Problem}")]
    private partial void LogNotAnchored(string problem);
}
