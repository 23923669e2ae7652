using InfraGate.Plans.Storage;

namespace InfraGate.McpGateway.Approvals;

/// <summary>
/// Moves plans whose time has run out to Expired, so that lists and the audit trail say so without anybody asking, and deletes links that are long over, so that the store does not grow with
/// every question of an agent.
/// </summary>
internal sealed partial class ExpirySweep(IPlanStore store, TimeProvider time, ILogger<ExpirySweep> logger) : BackgroundService
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(15);

    // Until then whoever opens an old link is told that it is old, and gets to the plan.
    private static readonly TimeSpan s_linksKept = TimeSpan.FromDays(1);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_interval, time);
        do
        {
            try
            {
                await store.ExpireDueAsync(stoppingToken);
                await store.DeleteChallengesAsync(time.GetUtcNow() - s_linksKept, stoppingToken);
            }
            catch (PlanStoreException failure)
            {
                // Nothing is lost: an expired plan is refused wherever it is used, and the next sweep tries again.
                LogFailed(failure.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(LogLevel.Warning, "Expired plans and links could not be swept: {Reason}")]
    private partial void LogFailed(string reason);
}
