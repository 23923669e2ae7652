using System.Globalization;
using InfraGate.ApprovalUi.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace InfraGate.ApprovalUi.Live;

/// <summary>
/// Server-sent events (WHATWG HTML, section 9.2) that tell an open page that what it shows has changed. An event holds no content: the page asks for itself again, through the same
/// authorization as any other request.
/// </summary>
internal sealed class LiveStreams(StreamSeats seats, IHostApplicationLifetime host, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>A stream ends after this time; the browser opens a new one, which is authorized anew.</summary>
    private static readonly TimeSpan LongestStream = TimeSpan.FromMinutes(5);

    /// <summary>When a page whose stream was refused asks for one again.</summary>
    private static readonly TimeSpan RefusedFor = TimeSpan.FromSeconds(5);

    /// <summary>Answers a request with a stream, or with 429 (RFC 6585) when the person has as many open as they may.</summary>
    /// <param name="context">The request.</param>
    /// <param name="seen">The state that the page shows; null when it says none.</param>
    /// <param name="readState">Reads the state as it is; called each second.</param>
    public async Task RunAsync(HttpContext context, string? seen, Func<CancellationToken, Task<string>> readState)
    {
        using var seat = seats.Take(ApproverIdentity.From(context.User).Subject);
        if (!seat.IsAcquired)
        {
            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            context.Response.Headers.RetryAfter = RefusedFor.TotalSeconds.ToString(CultureInfo.InvariantCulture);
            return;
        }

        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";

        // A graceful stop aborts no request; it waits for each, and every open page would make it take as long as it may.
        using var limit = new CancellationTokenSource(LongestStream, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, context.RequestAborted, host.ApplicationStopping);
        try
        {
            await FollowAsync(context.Response, seen, readState, end.Token);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The page was closed, the stream reached its longest life, or the host stops: all are its ordinary end.
        }
    }

    private async Task FollowAsync(HttpResponse response, string? seen, Func<CancellationToken, Task<string>> readState, CancellationToken end)
    {
        using var timer = new PeriodicTimer(Interval, time);
        await WriteAsync(response, "retry: 2000\n\n", end);
        do
        {
            var state = await readState(end);
            if (state != seen)
            {
                seen = state;
                await WriteAsync(response, $"id: {state}\nevent: changed\ndata: 1\n\n", end);
            }
        }
        while (await timer.WaitForNextTickAsync(end));
    }

    private static async Task WriteAsync(HttpResponse response, string text, CancellationToken cancellationToken)
    {
        await response.WriteAsync(text, cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
    }
}
