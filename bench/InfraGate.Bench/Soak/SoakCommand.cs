using InfraGate.Bench.Beds;
using InfraGate.Bench.Processes;
using InfraGate.Bench.Reporting;
using InfraGate.Bench.Soak.Faults;
using InfraGate.Bench.Soak.Traffic;

namespace InfraGate.Bench.Soak;

/// <summary>Lets clients work at a steady rate while things break, and checks at the end that every promise was kept.</summary>
internal sealed class SoakCommand(BenchOptions options, Action<string> say)
{
    private const int Readers = 5;
    private const int Changers = 2;
    private static readonly TimeSpan ReadInterval = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan ChangeInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan QuitInterval = TimeSpan.FromMilliseconds(700);

    private readonly AnswerBook _answers = new();
    private readonly Ledger _ledger = new();

    /// <summary>Runs it and returns the exit code: 0 when every promise held.</summary>
    public async Task<int> RunAsync()
    {
        say("starting the control plane and InfraGate");
        await using var bed = await SoakBed.MakeAsync(new Programs(options.PublishedFolder), options.SmallDisk!);
        var faults = new FaultSchedule(bed, _answers, say);
        var resources = new ResourceLog(new WatchedProcess("gateway", bed.Gateway.Process.Pid));
        using (var end = new CancellationTokenSource(options.SoakTime))
        {
            var clients = (await OpenActorsAsync(bed)).Select(actor => Steady.RunAsync(actor.Actor, actor.Interval, _answers, end.Token));
            await Task.WhenAll([.. clients, faults.RunAsync(end.Token), resources.RunAsync(end.Token)]);
        }
        say("at rest; checking");
        await using var endState = new EndState(bed, _ledger);
        SoakCheck[] checks = [.. await endState.CheckAsync(), Uncoded(), .. Levels(resources)];
        var report = new SoakReport(options.SoakTime, faults.Counts, faults.SlowestRecovery, _answers.Counts, _answers.ErrorsByFault, _answers.Uncoded, Plans(), checks, resources.Samples);
        var path = await ReportFiles.WriteAsync(options.OutputFolder, "soak", report.ToMarkdown(), report);
        Console.WriteLine(report.ToMarkdown());
        say($"written to {path} and beside it as JSON");
        return checks.Any(check => check.Holds == false) ? 1 : 0;
    }

    private async Task<IReadOnlyList<(IActor Actor, TimeSpan Interval)>> OpenActorsAsync(SoakBed bed)
    {
        var actors = new List<(IActor, TimeSpan)>();
        for (var i = 0; i < Readers; i++)
            actors.Add((new Reader(await bed.OpenSessionAsync(CancellationToken.None), bed.Namespace, _answers), ReadInterval));
        for (var i = 0; i < Changers; i++)
            actors.Add((new Changer(await bed.OpenSessionAsync(CancellationToken.None), bed, i, _answers, _ledger), ChangeInterval));
        actors.Add((new Quitter(await bed.OpenSessionAsync(CancellationToken.None), bed.Namespace, _answers), QuitInterval));
        return actors;
    }

    private SoakCheck Uncoded() =>
        new("no error without a code", $"{_answers.Counts.GetValueOrDefault("without a code")} of {_answers.Counts.Values.Sum()} answers", _answers.Uncoded.Count == 0);

    private Dictionary<string, int> Plans() => new Dictionary<string, int>
    {
        ["planned"] = _ledger.Plans.Count,
        ["told approved"] = _ledger.Plans.Count(plan => plan.ToldApproved),
        ["told applied"] = _ledger.Plans.Count(plan => plan.ToldApplied),
    };

    private IEnumerable<SoakCheck> Levels(ResourceLog resources)
    {
        yield return Level("the gateway's memory is level (MiB)", resources, sample => sample.MiB, allowed: 30);
        yield return Level("its handles are level", resources, sample => sample.Handles, allowed: 40);
        yield return Level("its threads are level", resources, sample => sample.Threads, allowed: 10);
    }

    // The second quarter against the last: the first holds the start.
    private SoakCheck Level(string promise, ResourceLog resources, Func<ResourceSample, double> figure, double allowed)
    {
        var (early, late) = (resources.Median(figure, 0.25, 0.5), resources.Median(figure, 0.75, 1));
        bool? holds = options.SoakTime < TimeSpan.FromMinutes(5) ? null : late - early <= allowed;
        return new SoakCheck(promise, $"median {early:0.#} in the second quarter, {late:0.#} in the last (at most {allowed:0} more)", holds);
    }
}
