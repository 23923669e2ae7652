using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using InfraGate.ApprovalUi.Pages;
using InfraGate.Plans;
using InfraGate.Plans.Approval;
using InfraGate.Plans.Audit;
using InfraGate.Plans.Lifecycle;
using InfraGate.Plans.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace InfraGate.ApprovalUi.Live;

/// <summary>
/// Server-sent events (WHATWG HTML, section 9.2) that tell an open page that what it shows has changed. An event holds no content: the page asks for itself again, through the same
/// authorization as any other request.
/// </summary>
internal static class LiveEndpoints
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FreshnessInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FreshnessPatience = TimeSpan.FromSeconds(3);

    /// <summary>A stream ends after this time; the browser opens a new one, which is authorized anew.</summary>
    private static readonly TimeSpan LongestStream = TimeSpan.FromMinutes(5);

    /// <summary>Adds the two streams.</summary>
    public static void MapLive(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/approvals/live", (HttpContext context, IPlanStore store, TimeProvider time) =>
            StreamAsync(context, time, async cancellationToken => (await store.ReadAuditHeadAsync(cancellationToken)).Hash));

        endpoints.MapGet("/approvals/live/plans/{id}", (string id, HttpContext context, IPlanStore store, IPlanFreshness freshness, TimeProvider time) =>
            PlanId.TryParse(id, out var plan)
                ? StreamAsync(context, time, new PlanWatch(plan, store, freshness, time).ReadAsync)
                : Task.FromResult(context.Response.StatusCode = StatusCodes.Status404NotFound));
    }

    private static async Task StreamAsync(HttpContext context, TimeProvider time, Func<CancellationToken, Task<string>> readState)
    {
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        using var limit = new CancellationTokenSource(LongestStream, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, context.RequestAborted);
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            var seen = await readState(both.Token);
            await WriteAsync(context, "retry: 2000\n: open\n\n", both.Token);
            while (await timer.WaitForNextTickAsync(both.Token))
            {
                var state = await readState(both.Token);
                if (state != seen)
                {
                    seen = state;
                    await WriteAsync(context, "event: changed\ndata: 1\n\n", both.Token);
                }
            }
        }
        catch (OperationCanceledException) when (both.IsCancellationRequested)
        {
            // The page was closed, or the stream reached its longest life: both are its ordinary end.
        }
    }

    private static async Task WriteAsync(HttpContext context, string text, CancellationToken cancellationToken)
    {
        await context.Response.WriteAsync(text, cancellationToken);
        await context.Response.Body.FlushAsync(cancellationToken);
    }

    /// <summary>What a plan's page shows, boiled down to a text that differs when the page would.</summary>
    private sealed class PlanWatch(PlanId id, IPlanStore store, IPlanFreshness freshness, TimeProvider time)
    {
        private long _checkedAt = long.MinValue;
        private FreshnessState _state = FreshnessState.Fresh;

        public async Task<string> ReadAsync(CancellationToken cancellationToken)
        {
            var head = await store.SearchAuditAsync(new AuditQuery { Plan = id, Limit = 1 }, cancellationToken);
            var plan = await store.FindAsync(id, cancellationToken);
            if (plan is null)
            {
                return "none";
            }

            var isOpen = plan.Status is PlanStatus.Pending or PlanStatus.Approved;
            var isOver = isOpen && plan.Content.ExpiresAt <= time.GetUtcNow();
            if (isOpen && !isOver && (_checkedAt == long.MinValue || time.GetElapsedTime(_checkedAt) >= FreshnessInterval))
            {
                _state = (await freshness.CheckWithinAsync(id, FreshnessPatience, time, cancellationToken)).State;
                _checkedAt = time.GetTimestamp();
            }

            var rollouts = plan.Outcome is null ? string.Empty : string.Join('|', plan.Outcome.Rollouts.Select(rollout => rollout.State + rollout.Detail));
            var text = string.Create(CultureInfo.InvariantCulture, $"{plan.Status} {(head.Count == 0 ? string.Empty : head[0].Hash)} {plan.Decisions.Count} {isOver} {_state} {rollouts}");
            return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        }
    }
}
