using System.Globalization;
using System.Threading.RateLimiting;
using InfraGate.McpGateway.Auth;
using InfraGate.McpGateway.Calls;
using InfraGate.Plans;
using InfraGate.Plans.Lifecycle;
using InfraGate.Plans.Storage;
using ModelContextProtocol;

namespace InfraGate.McpGateway.Approvals;

/// <summary>
/// Waits for a human's decision, says so with progress notifications, and returns the moment it falls. Whoever waits has no place among the calls that run at once; instead, few calls of
/// one subject wait at the same time, since each looks into the store again and again.
/// </summary>
internal sealed class HumanWait(IPlanStore store, TimeProvider time) : IDisposable
{
    /// <summary>How many calls of one subject wait at once; one more is answered without waiting.</summary>
    public const int MostPerSubject = 16;

    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan s_report = TimeSpan.FromSeconds(5);

    // What is kept of a call's time to answer it, or to apply the plan once it is approved.
    private static readonly TimeSpan s_reserve = TimeSpan.FromSeconds(5);

    private readonly PartitionedRateLimiter<Caller> _seats = PartitionedRateLimiter.Create<Caller, string>(caller =>
        RateLimitPartition.GetConcurrencyLimiter(caller.Subject, _ => new ConcurrencyLimiterOptions { PermitLimit = MostPerSubject, QueueLimit = 0 }));

    /// <summary>The plan as it is once it no longer waits, or when the time is up, and how long that took at most: shorter than wanted when the call's own time would end before.</summary>
    public async Task<(Plan Plan, TimeSpan Limit)> ForDecisionAsync(Plan plan, TimeSpan wanted, ToolCall call, CancellationToken cancel)
    {
        using var seat = _seats.AttemptAcquire(call.Caller);
        if (!seat.IsAcquired)
        {
            return (plan, TimeSpan.Zero);
        }

        var limit = call.Turn is { } turn ? Shorter(wanted, turn.TimeLeft - Shorter(s_reserve, turn.TimeLeft / 2)) : wanted;
        call.Turn?.Leave();
        return (await FollowAsync(plan, limit, call, cancel), limit);
    }

    /// <inheritdoc />
    public void Dispose() => _seats.Dispose();

    private async Task<Plan> FollowAsync(Plan plan, TimeSpan limit, ToolCall call, CancellationToken cancel)
    {
        var started = time.GetTimestamp();
        var nextReport = TimeSpan.Zero;
        using var timer = new PeriodicTimer(s_look, time);
        while (true)
        {
            var elapsed = time.GetElapsedTime(started);
            if (elapsed >= nextReport)
            {
                await ReportAsync(call, plan.Id, elapsed, limit, cancel);
                nextReport = elapsed + s_report;
            }

            if (elapsed >= limit)
            {
                return plan;
            }

            await timer.WaitForNextTickAsync(cancel);
            plan = await store.FindAsync(plan.Id, cancel) ?? plan;
            if (plan.Status != PlanStatus.Pending || plan.Content.ExpiresAt <= time.GetUtcNow())
            {
                return plan;
            }
        }
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static async Task ReportAsync(ToolCall call, PlanId plan, TimeSpan elapsed, TimeSpan limit, CancellationToken cancel)
    {
        if (call.ProgressToken is { } token)
        {
            var message = string.Create(CultureInfo.InvariantCulture, $"Waiting for a human to decide on plan {plan}, {Math.Max(0, (limit - elapsed).TotalSeconds):0} s left.");
            var value = new ProgressNotificationValue { Progress = (float)elapsed.TotalSeconds, Total = (float)limit.TotalSeconds, Message = message };
            await call.Client.NotifyProgressAsync(token, value, options: null, cancel);
        }
    }
}
