using System.Diagnostics;
using System.Globalization;

namespace InfraGate.McpServer.Tests.Fuzzing;

/// <summary>What every fuzz test keeps to: the seed, the number of rounds, and the most that one input may cost. <c>eng/fuzz.sh</c> sets other seeds and more rounds.</summary>
internal static class FuzzRun
{
    private const int FixedSeed = 20261120;
    private const long MostBytes = 256L * 1024 * 1024;
    private static readonly TimeSpan MostWork = TimeSpan.FromSeconds(2);

    // A machine that is busy with something else takes its time; an input that waits for what never comes takes longer.
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(30);

    public static int Seed => Setting("INFRAGATE_FUZZ_SEED") ?? FixedSeed;

    public static int Rounds => Setting("INFRAGATE_FUZZ_ROUNDS") ?? 2_000;

    /// <summary>Starts to measure one input; nothing else may run in the process.</summary>
    /// <param name="allocated">Counts allocated bytes: of this thread, or of the process where the work moves between threads.</param>
    public static Cost Begin(Func<long> allocated) => new(Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime, allocated(), allocated);

    private static int? Setting(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : null;

    /// <summary>What one input cost so far.</summary>
    internal readonly record struct Cost(long Started, TimeSpan WorkBefore, long BytesBefore, Func<long> Allocated)
    {
        public void ShouldBeSmall(string what)
        {
            (Environment.CpuUsage.TotalTime - WorkBefore).ShouldBeLessThan(MostWork, what);
            Stopwatch.GetElapsedTime(Started).ShouldBeLessThan(MostTime, what);
            (Allocated() - BytesBefore).ShouldBeLessThan(MostBytes, what);
        }
    }
}
