using System.Diagnostics;

namespace InfraGate.Bench.Load;

/// <summary>Runs a number of workers that each ask, wait for the answer and ask again, for a given time.</summary>
internal static class ClosedLoop
{
    private static readonly TimeSpan CallLimit = TimeSpan.FromMinutes(2);

    /// <summary>Warms up, then measures. Calls in flight at the end are waited for and counted.</summary>
    /// <param name="scenario">Names the question in the result.</param>
    /// <param name="contestant">Who answers.</param>
    /// <param name="workers">How many ask at once.</param>
    /// <param name="warmUp">How long to ask without measuring.</param>
    /// <param name="duration">How long to go on asking.</param>
    public static async Task<LoadResult> RunAsync(string scenario, Contestant contestant, int workers, TimeSpan warmUp, TimeSpan duration)
    {
        var open = new List<IWorker>();
        try
        {
            for (var number = 0; number < workers; number++)
                open.Add(await contestant.OpenWorkerAsync(number));
            await Task.WhenAll(open.Select(worker => LoopAsync(worker, warmUp)));

            var cpu = new CpuMeter(contestant.Processes());
            cpu.Start();
            var watch = Stopwatch.StartNew();
            var samples = await Task.WhenAll(open.Select(worker => LoopAsync(worker, duration)));
            var seconds = watch.Elapsed.TotalSeconds;
            cpu.Stop();
            return Summarise(scenario, contestant.Subject, samples, seconds, cpu);
        }
        finally
        {
            foreach (var worker in open)
                await worker.DisposeAsync();
        }
    }

    private static LoadResult Summarise(string scenario, string subject, WorkerSamples[] samples, double seconds, CpuMeter cpu)
    {
        var latencies = new Latencies(samples.SelectMany(sample => sample.Milliseconds));
        var calls = samples.Sum(sample => sample.Milliseconds.Count);
        return new LoadResult
        {
            Scenario = scenario,
            Subject = subject,
            Workers = samples.Length,
            Calls = calls,
            Errors = samples.Sum(sample => sample.Errors),
            FirstError = samples.Select(sample => sample.FirstError).FirstOrDefault(error => error is not null),
            Seconds = seconds,
            P50 = latencies.At(0.50),
            P95 = latencies.At(0.95),
            P99 = latencies.At(0.99),
            BytesPerAnswer = calls == 0 ? 0 : samples.Sum(sample => sample.Bytes) / calls,
            CpuSecondsPerThousand = cpu.PerThousand(calls),
            ResidentMiB = cpu.ResidentMiB(),
        };
    }

    private static async Task<WorkerSamples> LoopAsync(IWorker worker, TimeSpan duration)
    {
        var samples = new WorkerSamples();
        var start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < duration)
            samples.Add(await MeasureAsync(worker));
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
