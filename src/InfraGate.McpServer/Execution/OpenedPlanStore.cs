using InfraGate.Plans.Storage;

namespace InfraGate.McpServer.Execution;

/// <summary>
/// The plan store, brought to its schema at the first use. A store that cannot be opened refuses what needs it and is tried again at the next call; reads of the
/// cluster go on meanwhile.
/// </summary>
internal sealed class OpenedPlanStore(IPlanStore store) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private volatile bool _isOpen;

    /// <summary>The store itself; usable once <see cref="OpenAsync"/> has returned.</summary>
    public IPlanStore Store => store;

    /// <exception cref="PlanStoreException">The store cannot be used.</exception>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        if (_isOpen)
        {
            return;
        }

        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (!_isOpen)
            {
                await store.InitializeAsync(cancellationToken);
                _isOpen = true;
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();
}
