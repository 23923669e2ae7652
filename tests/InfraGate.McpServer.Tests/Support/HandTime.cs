namespace InfraGate.McpServer.Tests.Support;

/// <summary>A wall clock, a steady clock and timers that move only when a test moves them.</summary>
internal sealed class HandTime : TimeProvider
{
    private readonly List<HandTimer> _timers = [];
    private DateTimeOffset _now = new(2026, 11, 20, 10, 0, 0, TimeSpan.Zero);
    private long _timestamp;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => _now;

    public override long GetTimestamp() => _timestamp;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new HandTimer(() => callback(state));
        _timers.Add(timer);
        return timer;
    }

    public void AdvanceWall(TimeSpan by) => _now += by;

    public void AdvanceSteady(TimeSpan by) => _timestamp += by.Ticks;

    /// <summary>Lets all timers fire once.</summary>
    public void Fire() => _timers.ForEach(timer => timer.Fire());

    private sealed class HandTimer(Action fire) : ITimer
    {
        private bool _isOver;

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Fire()
        {
            if (!_isOver)
            {
                fire();
            }
        }

        public void Dispose() => _isOver = true;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
