namespace InfraGate.Bench.Load;

/// <summary>One simulated client that waits for each answer before it asks again.</summary>
internal interface IWorker : IAsyncDisposable
{
    /// <summary>Makes one call and reads the whole answer.</summary>
    Task<CallOutcome> CallAsync(CancellationToken cancellationToken);
}
