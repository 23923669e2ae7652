using InfraGate.Bench.Approvals;
using InfraGate.Bench.Beds;

namespace InfraGate.Bench.Scaling;

/// <summary>What the audit page and a plan, which adds an entry, cost as the trail grows.</summary>
internal static class AuditSeries
{
    /// <summary>What grows.</summary>
    public const string Name = "audit entries stored";

    private const int Deployment = 4;

    /// <summary>Fills the trail of a gateway of its own and measures at each size of the plan.</summary>
    public static async Task<IReadOnlyList<SeriesPoint>> RunAsync(Bed bed, GatewayStack gateway, Action<string> say)
    {
        var points = new List<SeriesPoint>();
        await using var filler = await StoreFiller.OpenAsync(gateway.ApprovalRoot, bed.Medium);
        await using var agent = await bed.OpenSessionAsync(gateway);
        using var story = new ChangeStory(agent, BenchPerson.Alice);
        var calls = 0;
        foreach (var size in bed.Plan.AuditSeries)
        {
            say($"filling the trail to {size} entries");
            await filler.FillAuditAsync(size);
            points.Add(new SeriesPoint(Name, size, new Dictionary<string, double>
            {
                ["audit page p50 ms"] = await Timing.MedianAsync(bed.Plan.SeriesSamples, () => story.TimePageAsync(new Uri(gateway.Address, "/approvals/audit"))),
                ["plan p50 ms"] = await Timing.MedianAsync(bed.Plan.SeriesSamples, () => Timing.CallAsync(
                    agent,
                    "request_set_deployment_image",
                    ChangeStory.ImageArguments(bed.Medium, BareObjects.DeploymentName(Deployment), BareObjects.Container, $"4.0.{calls++ % 2}"))),
            }));
        }
        return points;
    }
}
