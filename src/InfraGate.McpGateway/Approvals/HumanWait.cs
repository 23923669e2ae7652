using System.Globalization;
using InfraGate.McpGateway.Calls;
using InfraGate.Plans;
using InfraGate.Plans.Lifecycle;
using InfraGate.Plans.Storage;
using ModelContextProtocol;

namespace InfraGate.McpGateway.Approvals;

/// <summary>Waits for a human's decision, says so with progress notifications, and returns the moment it falls.</summary>
internal sealed class HumanWait(IPlanStore store, TimeProvider time)
{
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan s_report = TimeSpan.FromSeconds(5);

    /// <summary>The plan as it is once it no longer waits, or when the time is up.</summary>
    public async Task<Plan> ForDecisionAsync(Plan plan, TimeSpan limit, ToolCall call, CancellationToken cancel)
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
