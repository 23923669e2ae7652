using System.Collections.Concurrent;

namespace InfraGate.Sandbox.Tests.Api;

/// <summary>
/// The system's clock, whose timers may also fire after they were disposed, as a real timer's callback does when it was already under way.
/// </summary>
internal sealed class LateTimers : TimeProvider
{
    private readonly ConcurrentQueue<Action> _late = new();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new LateTimer(System.CreateTimer(callback, state, dueTime, period), () => _late.Enqueue(() => callback(state)));

    /// <summary>Runs the callback of every timer that has been disposed since the last time; answers how many.</summary>
    public int Fire()
    {
        var fired = 0;
        for (; _late.TryDequeue(out var callback); fired++)
        {
            callback();
        }

        return fired;
    }

    private sealed class LateTimer(ITimer timer, Action disposed) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(dueTime, period);

        public void Dispose()
        {
            timer.Dispose();
            disposed();
        }

        public async ValueTask DisposeAsync()
        {
            await timer.DisposeAsync();
            disposed();
        }
    }
}
