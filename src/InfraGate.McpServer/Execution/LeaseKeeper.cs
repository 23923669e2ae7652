using InfraGate.Plans;
using InfraGate.Plans.Storage;
using Microsoft.Extensions.Logging;

namespace InfraGate.McpServer.Execution;

/// <summary>
/// Keeps an executor's hold on a plan while it works, and knows when it is lost: another executor may then carry the plan out, so that this one must write nothing more.
/// </summary>
internal sealed partial class LeaseKeeper : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly PeriodicTimer _timer;
    private readonly PlanId _plan;
    private readonly TimeSpan _length;
    private readonly TimeProvider _time;
    private readonly Task _renewal;
    private volatile LeaseStart? _held;

    private LeaseKeeper(IPlanStore store, PlanId plan, string owner, LeaseStart start, TimeSpan length, TimeProvider time, ILogger logger)
    {
        _plan = plan;
        _length = length;
        _time = time;
        _held = start;
        _timer = new PeriodicTimer(length / 3, time);
        _renewal = RenewAsync(store, owner, logger, _stop.Token);
    }

    /// <summary>Whether the plan is still this executor's: no renewal was refused, and the last one that was granted has not run out.</summary>
    public bool IsHeld => _held is { } start && !start.HasRunOut(_length, _time);

    /// <param name="start">Taken before the claim was sent: what the store took to answer is part of the lease.</param>
    public static LeaseKeeper Start(IPlanStore store, PlanId plan, string owner, LeaseStart start, TimeSpan length, TimeProvider time, ILogger logger) =>
        new(store, plan, owner, start, length, time, logger);

    /// <summary>To be asked right before everything that is sent to the cluster for good.</summary>
    /// <exception cref="HoldLostException">The hold is lost.</exception>
    public void Require()
    {
        if (!IsHeld)
        {
            throw new HoldLostException(_plan);
        }
    }

    public async ValueTask DisposeAsync()
    {
        // As a rule it waits for its next tick, and ends with the timer; cancelling would cost every plan an exception.
        _timer.Dispose();
        if (!_renewal.IsCompleted)
        {
            await _stop.CancelAsync();
        }

        await _renewal;
        _stop.Dispose();
    }

    private async Task RenewAsync(IPlanStore store, string owner, ILogger logger, CancellationToken stop)
    {
        try
        {
            while (await _timer.WaitForNextTickAsync(CancellationToken.None))
            {
                try
                {
                    var start = LeaseStart.Now(_time);
                    if (!await store.TryRenewLeaseAsync(_plan, new ExecutionLease(owner, start.At + _length), stop))
                    {
                        _held = null;
                        return;
                    }

                    _held = start;
                }
                catch (PlanStoreException exception)
                {
                    // The next tick tries again; the lease still runs. Should it run out, nothing more is sent.
                    LogRenewalFailed(logger, exception, _plan);
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
