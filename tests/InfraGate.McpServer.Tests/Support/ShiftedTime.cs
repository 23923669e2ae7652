namespace InfraGate.McpServer.Tests.Support;

/// <summary>The real clock, which a test can put forward: timers run in real time, and expiry comes when the test says.</summary>
internal sealed class ShiftedTime : TimeProvider
{
    private long _shift;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + TimeSpan.FromTicks(Volatile.Read(ref _shift));

    public void Forward(TimeSpan by) => Interlocked.Add(ref _shift, by.Ticks);
}
