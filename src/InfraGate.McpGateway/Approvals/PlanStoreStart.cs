using InfraGate.Plans.Storage;

namespace InfraGate.McpGateway.Approvals;

/// <summary>Brings the database to this program's schema before anything listens. A database that cannot be used stops the start: without it nothing could be refused properly.</summary>
internal sealed class PlanStoreStart(IPlanStore store) : IHostedService
{
    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken) => store.InitializeAsync(cancellationToken);

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
