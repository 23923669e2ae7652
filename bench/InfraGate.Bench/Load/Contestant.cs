using InfraGate.Bench.Processes;

namespace InfraGate.Bench.Load;

/// <summary>Somebody who answers a question: InfraGate, the peer, or the API server itself.</summary>
/// <param name="Subject">The name in tables.</param>
/// <param name="Processes">The processes that do the work; asked for again at each run, for a child may have been restarted.</param>
/// <param name="OpenWorkerAsync">Opens the worker of a number, 0-based.</param>
internal sealed record Contestant(string Subject, Func<IReadOnlyList<WatchedProcess>> Processes, Func<int, Task<IWorker>> OpenWorkerAsync)
{
    /// <summary>The most workers that it is asked with; null for all there are.</summary>
    public int? MostWorkers { get; init; }

    /// <summary>How long each worker waits before a call, which is not measured.</summary>
    public TimeSpan Pause { get; init; }
}
