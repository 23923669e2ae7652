namespace InfraGate.RealParts.Time;

/// <summary>Both clocks of the machine, which a test can put forward as if the process had been suspended. Timers are the machine's.</summary>
public sealed class ShiftedTime : TimeProvider
{
    private long _shift;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddTicks(Volatile.Read(ref _shift));

    public override long GetTimestamp() => base.GetTimestamp() + (long)(TimeSpan.FromTicks(Volatile.Read(ref _shift)).TotalSeconds * TimestampFrequency);

    public void Forward(TimeSpan by) => Interlocked.Add(ref _shift, by.Ticks);
}
