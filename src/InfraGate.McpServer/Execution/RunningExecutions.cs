using InfraGate.McpServer.Tools;
using InfraGate.Plans;

namespace InfraGate.McpServer.Execution;

/// <summary>
/// The plans that this process carries out now. Calls for the same plan share one execution; it belongs to the process and not to a call, so that a client
/// that hangs up does not stop it half-way.
/// </summary>
internal sealed class RunningExecutions
{
    private readonly Lock _lock = new();
    private readonly Dictionary<PlanId, Running> _running = [];

    /// <summary>Joins the execution of a plan, or starts it.</summary>
    /// <returns>What the execution that was started, by this call or by an earlier one, has to say of the plan's outcome.</returns>
    public async Task<PlanOutcome?> JoinAsync(PlanId plan, IProgress<ToolProgress> progress, Func<ProgressBroadcast, Task<PlanOutcome?>> start, CancellationToken cancellationToken)
    {
        Running? running;
        lock (_lock)
        {
            if (!_running.TryGetValue(plan, out running))
            {
                var broadcast = new ProgressBroadcast();
                running = new Running(broadcast, Task.Run(() => RunAsync(plan, broadcast, start), CancellationToken.None));
                _running.Add(plan, running);
            }

            running.Progress.Add(progress);
        }

        return await running.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Completes when nothing is being carried out.</summary>
    public Task IdleAsync()
    {
        lock (_lock)
        {
            return Task.WhenAll(_running.Values.Select(running => (Task)running.Task)).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    private async Task<PlanOutcome?> RunAsync(PlanId plan, ProgressBroadcast broadcast, Func<ProgressBroadcast, Task<PlanOutcome?>> start)
    {
        try
        {
            return await start(broadcast);
        }
        finally
        {
            lock (_lock)
            {
                _running.Remove(plan);
            }
        }
    }

    private sealed record Running(ProgressBroadcast Progress, Task<PlanOutcome?> Task);
}
