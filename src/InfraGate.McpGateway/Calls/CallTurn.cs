using System.Threading.RateLimiting;
using InfraGate.McpGateway.Observability;
using ModelContextProtocol.Protocol;

namespace InfraGate.McpGateway.Calls;

/// <summary>
/// A call's turn: its place among those that run at once, and the time it may take. A stage that waits for a person leaves the place meanwhile, so that whoever waits keeps nobody else
/// from calling.
/// </summary>
internal sealed class CallTurn(RateLimiter places, TimeSpan limit, GatewayMetrics metrics, TimeProvider time) : IDisposable
{
    private readonly long _started = time.GetTimestamp();
    private RateLimitLease? _place;

    /// <summary>What is left of the call's time; zero once it is over.</summary>
    public TimeSpan TimeLeft => limit - time.GetElapsedTime(_started) is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;

    /// <summary>The answer to a call for which there is no place.</summary>
    public static CallToolResult NoPlace() => ToolErrors.Create(ToolErrors.RateLimited, "Too many calls are already waiting.", "Wait a few seconds, then call again, one call at a time.");

    /// <summary>Takes a place, waiting for one if need be, unless the call has one; false when too many wait already.</summary>
    public async ValueTask<bool> TryEnterAsync(CancellationToken cancel) => _place is { IsAcquired: true } || (_place = await AcquireAsync(cancel)).IsAcquired;

    /// <summary>Gives the place to others, until <see cref="TryEnterAsync"/>.</summary>
    public void Leave()
    {
        _place?.Dispose();
        _place = null;
    }

    /// <inheritdoc />
    public void Dispose() => Leave();

    private async ValueTask<RateLimitLease> AcquireAsync(CancellationToken cancel)
    {
        var lease = places.AttemptAcquire();
        if (lease.IsAcquired)
        {
            return lease;
        }

        lease.Dispose();
        metrics.QueueChanged(+1);
        try
        {
            return await places.AcquireAsync(1, cancel);
        }
        finally
        {
            metrics.QueueChanged(-1);
        }
    }
}
