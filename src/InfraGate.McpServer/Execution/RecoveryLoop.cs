using InfraGate.Plans.Storage;
using Microsoft.Extensions.Logging;

namespace InfraGate.McpServer.Execution;

/// <summary>Looks for abandoned plans at the start of the process and from then on.</summary>
internal sealed partial class RecoveryLoop(PlanRecovery recovery, OpenedPlanStore store, TimeSpan interval, TimeProvider time, ILogger logger)
{
    /// <summary>Runs until it is told to stop; a store that cannot be used is tried again at the next turn.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(interval, time);
        try
        {
            do
            {
                await TurnAsync(stop);
            }
            while (await timer.WaitForNextTickAsync(stop));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The process ends.
        }
    }

    private async Task TurnAsync(CancellationToken stop)
    {
        try
        {
            await store.OpenAsync(stop);
            await recovery.RecoverAllAsync(stop);
        }
        catch (PlanStoreException exception)
        {
            LogStoreFailed(logger, exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Abandoned plans could not be looked for")]
    private static partial void LogStoreFailed(ILogger logger, Exception exception);
}
