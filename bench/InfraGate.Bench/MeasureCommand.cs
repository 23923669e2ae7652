using InfraGate.Bench.Beds;
using InfraGate.Bench.Guardrails;
using InfraGate.Bench.Load;
using InfraGate.Bench.Pages;
using InfraGate.Bench.Processes;
using InfraGate.Bench.Reporting;
using InfraGate.Bench.Scaling;
using InfraGate.Bench.Scenarios;
using InfraGate.Bench.Targets;

namespace InfraGate.Bench;

/// <summary>Measures everything in one run and judges the targets.</summary>
internal sealed class MeasureCommand(BenchOptions options, Action<string> say)
{
    /// <summary>Runs it and returns the exit code: 0 when all runs could be made, whatever the figures are.</summary>
    public async Task<int> RunAsync()
    {
        var programs = new Programs(options.PublishedFolder);
        await using var bed = await Bed.MakeAsync(options.Plan, programs, say);
        if (options.Plan.Only is { } questions)
            return await AnswerAsync(bed, questions);
        var surroundings = await Surroundings.ReadAsync(bed, programs, TimeProvider.System);
        var rest = await RestAsync(bed);
        var results = await LoadAsync(bed);
        var loaded = Memory(bed);
        var measured = new Measurements
        {
            Surroundings = surroundings,
            Results = [.. results, .. await ApplyAsync(bed)],
            Rest = rest,
            Loaded = loaded,
            Series = await SeriesAsync(bed),
            StartSeconds = await StartsAsync(bed),
            Visits = await VisitsAsync(bed),
            Scan = Scan(),
        };
        return await ReportAsync(measured with { Targets = TargetList.Judge(measured) });
    }

    // Some questions make no report, for that judges all targets in one run.
    private async Task<int> AnswerAsync(Bed bed, IReadOnlySet<string> questions)
    {
        say($"memory at rest {await RestAsync(bed)}");
        await LoadAsync(bed);
        say($"memory after it {Memory(bed)}");
        if (questions.Contains(ScenarioNames.Apply))
            foreach (var result in await ApplyAsync(bed))
                Say(result);
        foreach (var point in await SeriesAsync(bed))
            say($"{point.Series} {point.Size}: {string.Join(", ", point.Values.Select(pair => $"{pair.Key} {pair.Value:0.##}"))}");
        if (questions.Contains(ScenarioNames.Starts))
            say($"starts: {string.Join(", ", (await StartsAsync(bed)).Select(seconds => $"{seconds:0.00} s"))}");
        if (questions.Contains(FirstPaint.Name))
            foreach (var visit in await VisitsAsync(bed))
                say($"{visit}");
        if (questions.Contains(ScenarioNames.Guardrail))
            say($"{Scan()}");
        return 0;
    }

    // One call first: a server that has never been asked has not loaded what it needs.
    private static async Task<MemoryUse> RestAsync(Bed bed)
    {
        await using var session = await bed.OpenSessionAsync();
        await session.SendAsync("tools/list", "{}");
        return Memory(bed);
    }

    private static MemoryUse Memory(Bed bed) => MemoryUse.Of(bed.Gateway.Processes());

    private async Task<IReadOnlyList<LoadResult>> LoadAsync(Bed bed)
    {
        var results = new List<LoadResult>();
        foreach (var scenario in ScenarioList.For(bed).Where(scenario => Asks(scenario.Name)))
        {
            foreach (var workers in bed.Plan.Workers)
            {
                foreach (var result in await InTurnsAsync(scenario, workers, bed.Plan))
                {
                    Say(result);
                    results.Add(result);
                }
            }
        }
        return results;
    }

    private static async Task<IReadOnlyList<LoadResult>> InTurnsAsync(Scenario scenario, int workers, MeasurePlan plan)
    {
        var loops = new List<ClosedLoop>();
        try
        {
            foreach (var contestant in scenario.Contestants.Where(contestant => workers <= (contestant.MostWorkers ?? workers)))
                loops.Add(await ClosedLoop.OpenAsync(contestant, workers, plan.WarmUp));
            for (var turn = 0; turn < scenario.Turns; turn++)
                foreach (var loop in loops)
                    await loop.TakeTurnAsync(plan.Duration / scenario.Turns);
            return [.. loops.Select(loop => loop.Result(scenario.Name))];
        }
        finally
        {
            foreach (var loop in loops)
                await loop.DisposeAsync();
        }
    }

    private void Say(LoadResult result)
    {
        var cpu = string.Join(", ", result.CpuSecondsPerThousand.Select(pair => $"{pair.Key} {pair.Value:0.00}"));
        say($"{result.Scenario}, {result.Subject}, {result.Workers} workers: {result.PerSecond:0.#}/s, p50 {result.P50:0.00} ms, p99 {result.P99:0.00} ms, {result.Errors} errors, CPU ms a call: {cpu}");
    }

    private async Task<IReadOnlyList<LoadResult>> ApplyAsync(Bed bed)
    {
        say($"applying {bed.Plan.WarmUpApplies + bed.Plan.Applies} plans, each approved in a browser session");
        return await ApplyScenario.RunAsync(bed);
    }

    private async Task<IReadOnlyList<SeriesPoint>> SeriesAsync(Bed bed)
    {
        var points = new List<SeriesPoint>();
        if (Asks(SessionSeries.Name))
            points.AddRange(await SessionSeries.RunAsync(bed, say));
        if (Asks(PodSeries.Name))
            points.AddRange(await PodSeries.RunAsync(bed, say));
        if (Asks(PlanSeries.Name))
            points.AddRange(await WithAnotherGatewayAsync(bed, gateway => PlanSeries.RunAsync(bed, gateway, say)));
        if (Asks(AuditSeries.Name))
            points.AddRange(await WithAnotherGatewayAsync(bed, gateway => AuditSeries.RunAsync(bed, gateway, say)));
        return points;
    }

    private bool Asks(string question) => options.Plan.Only?.Contains(question) ?? true;

    private static async Task<T> WithAnotherGatewayAsync<T>(Bed bed, Func<GatewayStack, Task<T>> measure)
    {
        await using var gateway = await bed.StartAnotherGatewayAsync();
        return await measure(gateway);
    }

    private Task<IReadOnlyList<double>> StartsAsync(Bed bed)
    {
        say("starting the gateway again");
        return WithAnotherGatewayAsync(bed, gateway => StartTimes.RunAsync(bed, gateway));
    }

    private Task<IReadOnlyList<Visit>> VisitsAsync(Bed bed)
    {
        say("looking at a plan with 500 changed lines");
        return WithAnotherGatewayAsync(bed, gateway => FirstPaint.RunAsync(bed, gateway));
    }

    private ScanSpeed Scan()
    {
        say("scanning text");
        return ScanSpeed.Measure();
    }

    private async Task<int> ReportAsync(Measurements measured)
    {
        var path = await ReportFiles.WriteAsync(options.OutputFolder, $"bench-{options.Plan.Name}", MarkdownReport.Write(measured), measured);
        foreach (var target in measured.Targets)
            say($"target {target.Number}, {target.Text}: {target.Measured} – {MarkdownReport.Word(target.IsMet)}");
        say($"written to {path} and beside it as JSON");
        return 0;
    }
}
