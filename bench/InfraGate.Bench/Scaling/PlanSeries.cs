using InfraGate.Bench.Approvals;
using InfraGate.Bench.Beds;
using InfraGate.Bench.Load;

namespace InfraGate.Bench.Scaling;

/// <summary>What the inbox and an apply cost as plans pile up in the store.</summary>
internal static class PlanSeries
{
    /// <summary>What grows.</summary>
    public const string Name = "plans stored";

    private const int Deployment = 3;

    /// <summary>A page takes a few milliseconds: what a single one takes says little.</summary>
    private const int PagesPerSample = 4;

    /// <summary>Fills the store of a gateway of its own and measures at each size of the plan.</summary>
    public static async Task<IReadOnlyList<SeriesPoint>> RunAsync(Bed bed, GatewayStack gateway, Action<string> say)
    {
        var points = new List<SeriesPoint>();
        await using var filler = await StoreFiller.OpenAsync(gateway.ApprovalRoot, bed.Medium);
        await using var agent = await bed.OpenSessionAsync(gateway);
        using var story = new ChangeStory(agent, BenchPerson.Alice);
        var inbox = new Uri(gateway.Address, "/approvals");
        var pages = bed.Plan.SeriesSamples * PagesPerSample;
        // The smallest store comes first: without this it would be measured while the gateway still compiles.
        await Timing.MedianAsync(pages, () => story.TimePageAsync(inbox));
        foreach (var size in bed.Plan.PlanSeries)
        {
            say($"filling the store to {size} plans");
            await filler.FillPlansAsync(size);
            points.Add(new SeriesPoint(Name, size, new Dictionary<string, double>
            {
                ["inbox p50 ms"] = await Timing.MedianAsync(pages, () => story.TimePageAsync(inbox)),
                ["apply p50 ms"] = await ApplyAsync(bed, story, size),
                ["audit entries"] = await filler.CountAuditAsync(),
            }));
        }
        return points;
    }

    private static async Task<double> ApplyAsync(Bed bed, ChangeStory story, int size)
    {
        var times = new List<double>();
        for (var i = 0; i < bed.Plan.SeriesSamples; i++)
        {
            var plan = await story.PlanAsync(ChangeStory.ImageArguments(bed.Medium, BareObjects.DeploymentName(Deployment), BareObjects.Container, $"3.{size}.{i}"));
            await story.ApproveAsync(plan);
            times.Add((await story.ApplyAsync(plan)).TotalMilliseconds);
        }
        return new Latencies(times).At(0.5);
    }
}
