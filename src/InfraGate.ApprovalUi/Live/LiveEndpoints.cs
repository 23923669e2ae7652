using InfraGate.Plans;
using InfraGate.Plans.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace InfraGate.ApprovalUi.Live;

/// <summary>Maps the streams that pages open: one for the lists, one for each plan.</summary>
internal static class LiveEndpoints
{
    /// <summary>Adds the two streams.</summary>
    public static void MapLive(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/approvals/live", (string? seen, HttpContext context, LiveStreams streams, IPlanStore store) =>
            streams.RunAsync(context, Seen(context, seen), async cancellationToken => (await store.ReadAuditHeadAsync(cancellationToken)).Hash));

        endpoints.MapGet("/approvals/live/plans/{id}", (string id, string? seen, HttpContext context, LiveStreams streams, IPlanStore store, SharedFreshness freshness, TimeProvider time) =>
            PlanId.TryParse(id, out var plan)
                ? streams.RunAsync(context, Seen(context, seen), new PlanWatch(plan, store, freshness, time).ReadAsync)
                : Task.FromResult(context.Response.StatusCode = StatusCodes.Status404NotFound));
    }

    // A browser that opens a stream again names the last event that it got; before there was one, the page says what it showed.
    private static string? Seen(HttpContext context, string? seenByPage) => context.Request.Headers["Last-Event-ID"].FirstOrDefault() is { Length: > 0 } last ? last : seenByPage;
}
