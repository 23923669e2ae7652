using InfraGate.Plans.Storage;

namespace InfraGate.McpGateway.Approvals;

/// <summary>Moves plans whose time has run out to Expired, so that lists and the audit trail say so without anybody asking.</summary>
internal sealed partial class ExpirySweep(IPlanStore store, TimeProvider time, ILogger<ExpirySweep> logger) : BackgroundService
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(15);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_interval, time);
        do
        {
            try
            {
                await store.ExpireDueAsync(stoppingToken);
            }
            catch (PlanStoreException failure)
            {
                // Nothing is lost: an expired plan is refused wherever it is used, and the next sweep tries again.
                LogFailed(failure.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(LogLevel.Warning, "Expired plans could not be swept: {Reason}")]
    private partial void LogFailed(string reason);
}
