using InfraGate.Bench.Load;
using InfraGate.Bench.Processes;
using InfraGate.Bench.Reporting;
using InfraGate.Bench.Scaling;
using InfraGate.Bench.Scenarios;

namespace InfraGate.Bench.Targets;

/// <summary>The targets, as ratios of figures of the same run wherever they can be.</summary>
internal sealed class TargetList
{
    private const string Ours = "InfraGate";
    private const string Floor = "plain GET";
    private const string Peer = "peer";
    private const string LiftedPeer = "peer, limit lifted";

    private readonly Measurements _measured;

    private TargetList(Measurements measured) => _measured = measured;

    /// <summary>Judges a run.</summary>
    public static IReadOnlyList<TargetVerdict> Judge(Measurements measured)
    {
        var list = new TargetList(measured);
        return
        [
            list.ToolList(), list.ObjectLatency(), list.ObjectThroughput(), list.StatusLatency(), list.StatusSize(),
            list.TwoCalls(ScenarioNames.Plan, "GET and dry-run PATCH"), list.TwoCalls(ScenarioNames.Apply, "GET and PATCH"),
            Memory("at rest", measured.Rest, 160),
            Memory("after the run with the most workers", measured.Loaded, 260),
            list.Sessions(),
            AtMost(6, "start to the first tools/list (median)", new Latencies(measured.StartSeconds).At(0.5), 1.5, "s"),
            AtLeast(7, "guardrail on ordinary log text", measured.Scan.OrdinaryMegabytesPerSecond, 100, "MB/s"),
            AtMost(7, $"guardrail on hostile text, cost per character at 8 × the length (worst: {measured.Scan.WorstHostile})", measured.Scan.WorstGrowth, 1.5, "×"),
            list.Store("inbox p50 ms"), list.Store("apply p50 ms"),
        ];
    }

    private TargetVerdict ToolList() => Ratio(1, "tools/list at 8 workers, throughput over the peer's", Find(ScenarioNames.ToolList, Ours, 8)?.PerSecond, Find(ScenarioNames.ToolList, Peer, 8)?.PerSecond, atLeast: 2);

    private TargetVerdict ObjectLatency()
    {
        var (ours, floor) = (Find(ScenarioNames.OneObject, Ours, 1), Find(ScenarioNames.OneObject, Floor, 1));
        return ours is null || floor is null
            ? Missing(2, "one object, p50 at 1 worker")
            : AtMost(2, $"one object, p50 at 1 worker ({ours.P50:0.00} ms) beyond the plain GET's ({floor.P50:0.00} ms)", ours.P50 - floor.P50, 1.5, "ms");
    }

    private TargetVerdict ObjectThroughput() =>
        Ratio(2, "one object, throughput at 8 workers over the plain GET's", Find(ScenarioNames.OneObject, Ours, 8)?.PerSecond, Find(ScenarioNames.OneObject, Floor, 8)?.PerSecond, atLeast: 0.5);

    private TargetVerdict StatusLatency() =>
        Ratio(3, "status, p50 at 1 worker over the plain GET of the Pods", Find(ScenarioNames.Status, Ours, 1)?.P50, Find(ScenarioNames.Status, Floor, 1)?.P50, atMost: 1);

    private TargetVerdict StatusSize() =>
        Ratio(3, "status, bytes over the peer's list of Pods", Find(ScenarioNames.Status, Ours, 1)?.BytesPerAnswer, Find(ScenarioNames.Status, LiftedPeer, 1)?.BytesPerAnswer, atMost: 0.25);

    private TargetVerdict TwoCalls(string scenario, string floor) =>
        Ratio(4, $"{scenario}, p50 at 1 worker over {floor}", Find(scenario, Ours, 1)?.P50, Find(scenario, floor, 1)?.P50, atMost: 3);

    private static TargetVerdict Memory(string when, MemoryUse use, double limit) =>
        AtMost(5, $"memory of gateway and server together {when} (resident sizes added: {use.AddedMiB:0} MiB)", use.MiB, limit, "MiB");

    private TargetVerdict Sessions()
    {
        const string text = "memory for one of 2,000 idle sessions";
        var last = _measured.Series.Where(point => point.Series == SessionSeries.Name).MaxBy(point => point.Size);
        return last is null || last.Size < 2000 ? Missing(5, text) : AtMost(5, text, last.Values[SessionSeries.PerSession], 40, "KB");
    }

    private TargetVerdict Store(string value)
    {
        var text = $"{value} at 100,000 plans over the same at 100";
        var points = _measured.Series.Where(point => point.Series == PlanSeries.Name).ToDictionary(point => point.Size, point => point.Values[value]);
        return points.TryGetValue(100, out var few) && points.TryGetValue(100_000, out var many) ? Ratio(8, text, many, few, atMost: 1.5) : Missing(8, text);
    }

    private LoadResult? Find(string scenario, string subject, int workers) =>
        _measured.Results.FirstOrDefault(result => result.Scenario == scenario && result.Subject == subject && result.Workers == workers && result.Errors == 0);

    private static TargetVerdict Ratio(int number, string text, double? numerator, double? denominator, double? atLeast = null, double? atMost = null)
    {
        if (numerator is not { } upper || denominator is not { } lower)
            return Missing(number, text);
        return atLeast is { } least ? AtLeast(number, text, upper / lower, least, "×") : AtMost(number, text, upper / lower, atMost!.Value, "×");
    }

    private static TargetVerdict AtLeast(int number, string text, double value, double limit, string unit) => new(number, text, $"{value:0.##} {unit} (at least {limit:0.##})", value >= limit);

    private static TargetVerdict AtMost(int number, string text, double value, double limit, string unit) => new(number, text, $"{value:0.##} {unit} (at most {limit:0.##})", value <= limit);

    private static TargetVerdict Missing(int number, string text) => new(number, text, "not measured in this run, or with errors", IsMet: null);
}
