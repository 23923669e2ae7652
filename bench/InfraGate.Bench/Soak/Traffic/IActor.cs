namespace InfraGate.Bench.Soak.Traffic;

/// <summary>A client that acts once in a while.</summary>
internal interface IActor : IAsyncDisposable
{
    /// <summary>Does what it does, once.</summary>
    Task ActAsync(CancellationToken cancellationToken);
}
