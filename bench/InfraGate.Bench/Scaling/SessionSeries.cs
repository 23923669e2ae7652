using InfraGate.Bench.Beds;
using InfraGate.Bench.Mcp;
using InfraGate.RealParts.Waiting;

namespace InfraGate.Bench.Scaling;

/// <summary>What idle sessions cost in memory and in the latency of another session.</summary>
internal static class SessionSeries
{
    /// <summary>What grows.</summary>
    public const string Name = "idle sessions";

    /// <summary>Memory of one session.</summary>
    public const string PerSession = "KB a session";

    private const double BytesPerMiB = 1024 * 1024;

    /// <summary>Opens sessions up to each size of the plan and leaves them idle; ends them all afterwards.</summary>
    public static async Task<IReadOnlyList<SeriesPoint>> RunAsync(Bed bed, Action<string> say)
    {
        say("opening idle sessions");
        var points = new List<SeriesPoint>();
        var open = new List<McpConnection>();
        try
        {
            await using var reader = await bed.OpenSessionAsync();
            var before = await SettledMiBAsync(bed);
            foreach (var size in bed.Plan.SessionSeries)
            {
                while (open.Count < size)
                    open.Add(await bed.OpenSessionAsync());
                var now = await SettledMiBAsync(bed);
                var p50 = await Timing.MedianAsync(bed.Plan.SeriesSamples, () => Timing.CallAsync(reader, "get_allowed_namespaces", "{}"));
                points.Add(new SeriesPoint(Name, size, new Dictionary<string, double>
                {
                    ["gateway and server MiB"] = now,
                    [PerSession] = (now - before) * BytesPerMiB / 1000 / size,
                    ["one call p50 ms"] = p50,
                }));
            }
        }
        finally
        {
            foreach (var session in open)
                await session.DisposeAsync();
        }
        return points;
    }

    // The garbage collector may lag behind; memory counts once two readings a moment apart agree.
    private static async Task<double> SettledMiBAsync(Bed bed)
    {
        var last = double.MaxValue;
        await Eventually.TrueAsync(async () =>
        {
            await Task.Delay(TimeSpan.FromMilliseconds(250));
            var now = bed.Gateway.Processes().Sum(process => process.ResidentMiB());
            var agrees = Math.Abs(now - last) < 0.5;
            last = now;
            return agrees;
        });
        return last;
    }
}
