using InfraGate.Bench.Beds;
using InfraGate.Bench.Load;
using InfraGate.RealParts.Clusters;

namespace InfraGate.Bench.Scaling;

/// <summary>What a namespace's status costs as the namespace grows.</summary>
internal static class PodSeries
{
    /// <summary>What grows.</summary>
    public const string Name = "Pods in the namespace";

    /// <summary>Asks for the status of each namespace of the series.</summary>
    public static async Task<IReadOnlyList<SeriesPoint>> RunAsync(Bed bed, Action<string> say)
    {
        say("the status of growing namespaces");
        var points = new List<SeriesPoint>();
        await using var session = await bed.OpenSessionAsync();
        foreach (var (pods, name) in bed.PodSeries.OrderBy(pair => pair.Key))
        {
            var arguments = $$"""{"namespace":"{{name}}"}""";
            var bytes = (await session.CallAsync("get_k8s_status", arguments)).Bytes;
            await using var floor = new GetWorker(bed.Api, KubePath.Pods(name));
            points.Add(new SeriesPoint(Name, pods, new Dictionary<string, double>
            {
                ["status p50 ms"] = await Timing.MedianAsync(bed.Plan.SeriesSamples, () => Timing.CallAsync(session, "get_k8s_status", arguments)),
                ["status bytes"] = bytes,
                ["plain GET p50 ms"] = await Timing.MedianAsync(bed.Plan.SeriesSamples, () => TimeAsync(floor)),
            }));
        }
        return points;
    }

    private static async Task<TimeSpan> TimeAsync(GetWorker floor)
    {
        var start = System.Diagnostics.Stopwatch.GetTimestamp();
        await floor.CallAsync(CancellationToken.None);
        return System.Diagnostics.Stopwatch.GetElapsedTime(start);
    }
}
