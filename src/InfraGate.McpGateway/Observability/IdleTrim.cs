namespace InfraGate.McpGateway.Observability;

/// <summary>
/// Gives memory back after a busy time. The runtime collects when something is allocated; a gateway that fell silent after a burst would keep what the burst took until the next one.
/// </summary>
internal sealed class IdleTrim(GatewayMetrics metrics, TimeProvider time) : BackgroundService
{
    // Long enough to pass over an agent's pauses, short enough to be done well before anybody looks at a graph.
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(15);

    // Below this a collection gives nothing back that anybody would miss.
    private const int LeastCalls = 500;

    // Once when it has become quiet, and once more when the streams that ended last can no longer be resumed and have been dropped.
    private const int First = 1;
    private const int Second = 6;

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_interval, time);
        var (trimmed, before, quiet) = (0L, 0L, 0);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var calls = metrics.Calls;
            quiet = calls == before ? quiet + 1 : 0;
            before = calls;
            if (quiet is First or Second && calls - trimmed >= LeastCalls)
            {
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
                trimmed = quiet == Second ? calls : trimmed;
            }
        }
    }
}
