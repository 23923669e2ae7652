using System.Threading.RateLimiting;
using InfraGate.McpGateway.Auth;
using InfraGate.McpGateway.Configuration;

namespace InfraGate.McpGateway.Calls;

/// <summary>Bounds how many calls and session openings one subject may make in a minute, with room for a burst of a quarter of that.</summary>
internal sealed class CallRateLimit : IDisposable
{
    private static readonly TimeSpan s_refill = TimeSpan.FromSeconds(1);

    private readonly PartitionedRateLimiter<Caller>? _limiter;

    /// <summary>Makes the limiter; none when the limit is 0.</summary>
    public CallRateLimit(GatewayOptions options)
    {
        var perMinute = options.Limits.CallsPerMinute;
        if (perMinute > 0)
        {
            var burst = Math.Max(1, perMinute / 4);
            _limiter = PartitionedRateLimiter.Create<Caller, string>(caller => RateLimitPartition.GetTokenBucketLimiter(caller.Subject, _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = burst,
                TokensPerPeriod = Math.Max(1, perMinute / 60),
                ReplenishmentPeriod = perMinute >= 60 ? s_refill : TimeSpan.FromMinutes(1) / perMinute,
                QueueLimit = 0,
            }));
        }
    }

    /// <summary>Takes one from the subject's allowance; false with the time to wait when none is left.</summary>
    public bool TryTake(Caller caller, out TimeSpan retryAfter)
    {
        retryAfter = TimeSpan.Zero;
        if (_limiter is null)
        {
            return true;
        }

        using var lease = _limiter.AttemptAcquire(caller);
        if (!lease.IsAcquired)
        {
            retryAfter = lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) && wait > s_refill ? wait : s_refill;
        }

        return lease.IsAcquired;
    }

    /// <inheritdoc />
    public void Dispose() => _limiter?.Dispose();
}
