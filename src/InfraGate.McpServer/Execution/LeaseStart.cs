namespace InfraGate.McpServer.Execution;

/// <summary>
/// When a lease began, by both clocks. The steady one is not deceived by a clock that was set back, and the wall clock, by which other executors judge, also counts the time that a machine slept.
/// </summary>
/// <param name="Timestamp">By the steady clock.</param>
/// <param name="At">By the wall clock.</param>
internal sealed record LeaseStart(long Timestamp, DateTimeOffset At)
{
    public static LeaseStart Now(TimeProvider time) => new(time.GetTimestamp(), time.GetUtcNow());

    /// <summary>Whether a lease of this length is over by either clock.</summary>
    public bool HasRunOut(TimeSpan length, TimeProvider time) => time.GetElapsedTime(Timestamp) >= length || time.GetUtcNow() >= At + length;
}
