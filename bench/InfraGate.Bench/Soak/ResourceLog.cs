using System.Diagnostics;
using InfraGate.Bench.Processes;

namespace InfraGate.Bench.Soak;

/// <summary>What the gateway's process uses over time. The server is left out: it is killed and starts afresh.</summary>
internal sealed class ResourceLog(WatchedProcess process)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private readonly List<ResourceSample> _samples = [];

    /// <summary>The samples, oldest first.</summary>
    public IReadOnlyList<ResourceSample> Samples => _samples;

    /// <summary>Takes a sample a second until <paramref name="end"/> is cancelled.</summary>
    public async Task RunAsync(CancellationToken end)
    {
        var start = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(Interval);
        try
        {
            do
                _samples.Add(new ResourceSample(Stopwatch.GetElapsedTime(start).TotalSeconds, process.ResidentMiB(), process.Handles(), process.Threads()));
            while (await timer.WaitForNextTickAsync(end));
        }
        catch (OperationCanceledException)
        {
            // The end of the soak.
        }
    }

    /// <summary>The median of a figure in a part of the time.</summary>
    /// <param name="figure">Which figure.</param>
    /// <param name="from">Start of the part, as a share of the whole.</param>
    /// <param name="to">Its end.</param>
    public double Median(Func<ResourceSample, double> figure, double from, double to)
    {
        var part = _samples.Skip((int)(_samples.Count * from)).Take(Math.Max(1, (int)(_samples.Count * (to - from))));
        return new Load.Latencies(part.Select(figure)).At(0.5);
    }
}

/// <summary>What a process used at one moment.</summary>
internal sealed record ResourceSample(double Second, double MiB, int Handles, int Threads);
