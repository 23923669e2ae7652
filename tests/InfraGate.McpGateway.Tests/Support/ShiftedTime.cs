namespace InfraGate.McpGateway.Tests.Support;

/// <summary>The real clock, which a test can put forward; timers run in real time.</summary>
internal sealed class ShiftedTime : TimeProvider
{
    private long _shift;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + TimeSpan.FromTicks(Volatile.Read(ref _shift));

    public override long GetTimestamp() => base.GetTimestamp() + (long)(TimeSpan.FromTicks(Volatile.Read(ref _shift)).TotalSeconds * TimestampFrequency);

    public void Forward(TimeSpan by) => Interlocked.Add(ref _shift, by.Ticks);
}
