using System.Diagnostics;

namespace InfraGate.Bench.Load;

/// <summary>A number of workers that each ask one contestant, wait for the answer and ask again. Measured in turns, so that contestants can take them one after the other.</summary>
internal sealed class ClosedLoop : IAsyncDisposable
{
    private static readonly TimeSpan CallLimit = TimeSpan.FromMinutes(2);

    private readonly Contestant _contestant;
    private readonly CpuMeter _cpu;
    private readonly List<IWorker> _workers = [];
    private readonly List<WorkerSamples> _samples = [];
    private double _seconds;

    private ClosedLoop(Contestant contestant)
    {
        _contestant = contestant;
        _cpu = new CpuMeter(contestant.Processes());
    }

    /// <summary>Opens the workers and lets them ask for a while without measuring.</summary>
    /// <param name="contestant">Who answers.</param>
    /// <param name="workers">How many ask at once.</param>
    /// <param name="warmUp">How long to ask without measuring.</param>
    public static async Task<ClosedLoop> OpenAsync(Contestant contestant, int workers, TimeSpan warmUp)
    {
        var loop = new ClosedLoop(contestant);
        try
        {
            for (var number = 0; number < workers; number++)
                loop._workers.Add(await contestant.OpenWorkerAsync(number));
            await Task.WhenAll(loop._workers.Select(worker => loop.LoopAsync(worker, warmUp)));
            return loop;
        }
        catch
        {
            await loop.DisposeAsync();
            throw;
        }
    }

    /// <summary>Measures for a while. Calls in flight at the end are waited for and counted.</summary>
    public async Task TakeTurnAsync(TimeSpan duration)
    {
        _cpu.Start();
        var watch = Stopwatch.StartNew();
        _samples.AddRange(await Task.WhenAll(_workers.Select(worker => LoopAsync(worker, duration))));
        _seconds += watch.Elapsed.TotalSeconds;
        _cpu.Stop();
    }

    /// <summary>What all turns together showed.</summary>
    /// <param name="scenario">Names the question in the result.</param>
    public LoadResult Result(string scenario)
    {
        var latencies = new Latencies(_samples.SelectMany(sample => sample.Milliseconds));
        var calls = _samples.Sum(sample => sample.Milliseconds.Count);
        return new LoadResult
        {
            Scenario = scenario,
            Subject = _contestant.Subject,
            Workers = _workers.Count,
            Calls = calls,
            Errors = _samples.Sum(sample => sample.Errors),
            FirstError = _samples.Select(sample => sample.FirstError).FirstOrDefault(error => error is not null),
            Seconds = _seconds,
            P50 = latencies.At(0.50),
            P95 = latencies.At(0.95),
            P99 = latencies.At(0.99),
            BytesPerAnswer = calls == 0 ? 0 : _samples.Sum(sample => sample.Bytes) / calls,
            CpuSecondsPerThousand = _cpu.PerThousand(calls),
            ResidentMiB = _cpu.ResidentMiB(),
        };
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        foreach (var worker in _workers)
            await worker.DisposeAsync();
    }

    private async Task<WorkerSamples> LoopAsync(IWorker worker, TimeSpan duration)
    {
        var samples = new WorkerSamples();
        var start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < duration)
        {
            if (_contestant.Pause > TimeSpan.Zero)
                await Task.Delay(_contestant.Pause);
            samples.Add(await MeasureAsync(worker));
        }
        return samples;
    }

    private static async Task<(double Milliseconds, CallOutcome Outcome)> MeasureAsync(IWorker worker)
    {
        using var limit = new CancellationTokenSource(CallLimit);
        var start = Stopwatch.GetTimestamp();
        CallOutcome outcome;
        try
        {
            outcome = await worker.CallAsync(limit.Token);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or OperationCanceledException)
        {
            outcome = new CallOutcome(0, failure.Message);
        }
        return (Stopwatch.GetElapsedTime(start).TotalMilliseconds, outcome);
    }

    private sealed class WorkerSamples
    {
        public List<double> Milliseconds { get; } = new(4096);

        public long Bytes { get; private set; }

        public int Errors { get; private set; }

        public string? FirstError { get; private set; }

        public void Add((double Milliseconds, CallOutcome Outcome) sample)
        {
            Milliseconds.Add(sample.Milliseconds);
            Bytes += sample.Outcome.Bytes;
            if (sample.Outcome.Problem is not { } problem)
                return;
            Errors++;
            FirstError ??= problem;
        }
    }
}
