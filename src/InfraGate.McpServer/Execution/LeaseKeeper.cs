using InfraGate.Plans;
using InfraGate.Plans.Storage;
using Microsoft.Extensions.Logging;

namespace InfraGate.McpServer.Execution;

/// <summary>Keeps an executor's hold on a plan while it works, and notices when it is lost.</summary>
internal sealed partial class LeaseKeeper : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _renewal;

    private LeaseKeeper(IPlanStore store, PlanId plan, string owner, TimeSpan length, TimeProvider time, ILogger logger) =>
        _renewal = RenewAsync(store, plan, owner, length, time, logger, _stop.Token);

    public static LeaseKeeper Start(IPlanStore store, PlanId plan, string owner, TimeSpan length, TimeProvider time, ILogger logger) =>
        new(store, plan, owner, length, time, logger);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _renewal;
        _stop.Dispose();
    }

    private static async Task RenewAsync(
        IPlanStore store, PlanId plan, string owner, TimeSpan length, TimeProvider time, ILogger logger, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(length / 3, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
            {
                try
                {
                    if (!await store.TryRenewLeaseAsync(plan, new ExecutionLease(owner, time.GetUtcNow() + length), stop))
                    {
                        return;
                    }
                }
                catch (PlanStoreException exception)
                {
                    // The next tick tries again; the lease still runs. Should it run out, recording a target fails and says so.
                    LogRenewalFailed(logger, exception, plan);
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The work is done.
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The lease of plan {Plan} could not be renewed")]
    private static partial void LogRenewalFailed(ILogger logger, Exception exception, PlanId plan);
}
