using InfraGate.Bench.Scaling;

namespace InfraGate.Bench.Soak.Faults;

/// <summary>
/// A program on the same store whose clock is two hours ahead, then two hours behind: the machine's own clock is not a test's to move. Its entries stand in the
/// same audit chain as everybody else's.
/// </summary>
internal static class ClockJump
{
    private static readonly TimeSpan Jump = TimeSpan.FromHours(2);

    /// <summary>Adds plans and approval links with both clocks.</summary>
    public static async Task MakeAsync(string approvalRoot, string @namespace)
    {
        foreach (var jump in new[] { Jump, -Jump })
        {
            await using var filler = await StoreFiller.OpenAsync(approvalRoot, @namespace, new ShiftedClock(jump));
            await filler.FillPlansAsync((int)await filler.CountPlansAsync() + 1);
        }
    }

    private sealed class ShiftedClock(TimeSpan shift) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + shift;
    }
}
