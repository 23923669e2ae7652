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
        endpoints.MapGet("/approvals/live", (string? seen, HttpContext context, IPlanStore store, TimeProvider time) =>
            StreamAsync(context, seen, time, async cancellationToken => (await store.ReadAuditHeadAsync(cancellationToken)).Hash));

        endpoints.MapGet("/approvals/live/plans/{id}", (string id, string? seen, HttpContext context, IPlanStore store, IPlanFreshness freshness, TimeProvider time) =>
            PlanId.TryParse(id, out var plan)
                ? StreamAsync(context, seen, time, new PlanWatch(plan, Seen(context, seen), store, freshness, time).ReadAsync)
                : Task.FromResult(context.Response.StatusCode = StatusCodes.Status404NotFound));
    }

    private static async Task StreamAsync(HttpContext context, string? seenByPage, TimeProvider time, Func<CancellationToken, Task<string>> readState)
    {
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        using var limit = new CancellationTokenSource(LongestStream, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, context.RequestAborted);
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            var seen = Seen(context, seenByPage);
            await WriteAsync(context, "retry: 2000\n\n", both.Token);
            do
            {
                var state = await readState(both.Token);
                if (state != seen)
                {
                    seen = state;
                    await WriteAsync(context, $"id: {state}\nevent: changed\ndata: 1\n\n", both.Token);
                }
            }
            while (await timer.WaitForNextTickAsync(both.Token));
        }
        catch (OperationCanceledException) when (both.IsCancellationRequested)
        {
            // The page was closed, or the stream reached its longest life: both are its ordinary end.
        }
    }

    // A browser that opens a stream again names the last event that it got; before there was one, the page says what it showed.
    private static string? Seen(HttpContext context, string? seenByPage) => context.Request.Headers["Last-Event-ID"].FirstOrDefault() is { Length: > 0 } last ? last : seenByPage;

    private static async Task WriteAsync(HttpContext context, string text, CancellationToken cancellationToken)
    {
        await context.Response.WriteAsync(text, cancellationToken);
        await context.Response.Body.FlushAsync(cancellationToken);
    }

    /// <summary>Reads the state of a plan's page, and asks the cluster about it from time to time, not at once when the page has just done so.</summary>
    private sealed class PlanWatch(PlanId id, string? seen, IPlanStore store, IPlanFreshness freshness, TimeProvider time)
    {
        private FreshnessState? _state = PageState.FreshnessIn(seen);
        private long _checkedAt = time.GetTimestamp();

        public async Task<string> ReadAsync(CancellationToken cancellationToken)
        {
            var head = await store.SearchAuditAsync(new AuditQuery { Plan = id, Limit = 1 }, cancellationToken);
            var plan = await store.FindAsync(id, cancellationToken);
            if (plan is null)
            {
                return "none";
            }

            var isOpen = plan.Status is PlanStatus.Pending or PlanStatus.Approved;
            if (isOpen && plan.Content.ExpiresAt > time.GetUtcNow() && (_state is null || time.GetElapsedTime(_checkedAt) >= FreshnessInterval))
            {
                _state = (await freshness.CheckWithinAsync(id, FreshnessPatience, time, cancellationToken)).State;
                _checkedAt = time.GetTimestamp();
            }

            return PageState.Of(plan, head.Count == 0 ? null : head[0].Hash, isOpen ? _state ?? FreshnessState.Fresh : FreshnessState.Fresh, time.GetUtcNow());
        }
    }
}
