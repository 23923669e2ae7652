using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;
using InfraGate.McpGateway.Auth;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace InfraGate.McpGateway.Transport;

/// <summary><c>GET /mcp</c>: a session's stream of unsolicited messages, or with <c>Last-Event-ID</c> the rest of a stream that broke.</summary>
internal sealed class McpStreamEndpoint(SessionRegistry sessions, EventStreamStore events, DrainGate drain, TimeProvider time)
{
    private static readonly TimeSpan s_heartbeat = TimeSpan.FromSeconds(25);

    /// <summary>Handles the request.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        var refusal = RequestEnvelope.RefuseBodiless(context.Request);
        var session = refusal is null ? SessionLookup.Find(context.Request, sessions, Caller.Of(context.User), out refusal) : null;
        if (session is not null && !AcceptHeader.Accepts(context.Request, "text/event-stream"))
        {
            refusal = new JsonRpcRefusal(StatusCodes.Status406NotAcceptable, JsonRpcRefusal.ServerError, "Send Accept: text/event-stream.");
            session = null;
        }

        if (session is null)
        {
            await refusal!.WriteAsync(context);
            return;
        }

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, drain.Draining);
        session.Enter();
        try
        {
            context.Response.Headers[McpPostEndpoint.SessionHeader] = session.Id;
            await StreamAsync(context, session, ended.Token);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The client went away or the gateway stops: both are how such a stream ends.
        }
        finally
        {
            session.Leave();
        }
    }

    private async Task StreamAsync(HttpContext context, McpSession session, CancellationToken cancel)
    {
        var lastEventId = context.Request.Headers["Last-Event-ID"].ToString();
        if (lastEventId.Length > 0)
        {
            await ResumeAsync(context, session, lastEventId, cancel);
            return;
        }

        SseResponse.Begin(context);
        if (session.TryStartStream())
        {
            await context.Response.Body.FlushAsync(cancel);
            await session.Transport.HandleGetRequestAsync(context.Response.Body, cancel);
            return;
        }

        await BeatAsync(context, cancel);
    }

    private async Task ResumeAsync(HttpContext context, McpSession session, string lastEventId, CancellationToken cancel)
    {
        var reader = await events.GetStreamReaderAsync(lastEventId, cancel);
        if (reader is null || reader.SessionId != session.Id)
        {
            await new JsonRpcRefusal(StatusCodes.Status400BadRequest, JsonRpcRefusal.ServerError, "Nothing is kept under this Last-Event-ID. Repeat the request.").WriteAsync(context);
            return;
        }

        SseResponse.Begin(context);
        await context.Response.Body.FlushAsync(cancel);
        await SseFormatter.WriteAsync(
            reader.ReadEventsAsync(cancel),
            context.Response.Body,
            (item, buffer) =>
            {
                if (item.Data is { } message)
                {
                    using var writer = new Utf8JsonWriter(buffer);
                    JsonSerializer.Serialize(writer, message, JsonRpcTypes.Message);
                }
            },
            cancel);
    }

    /// <summary>
    /// Keeps a further stream of a session open. The SDK sends unsolicited messages to the first one only; a client that lost that and asks again would
    /// take a refusal for a broken session.
    /// </summary>
    private async Task BeatAsync(HttpContext context, CancellationToken cancel)
    {
        var beat = Encoding.UTF8.GetBytes(": open\n\n");
        using var timer = new PeriodicTimer(s_heartbeat, time);
        do
        {
            await context.Response.Body.WriteAsync(beat, cancel);
            await context.Response.Body.FlushAsync(cancel);
        }
        while (await timer.WaitForNextTickAsync(cancel));
    }
}

/// <summary><c>DELETE /mcp</c>: ends a session.</summary>
internal sealed class McpDeleteEndpoint(SessionRegistry sessions)
{
    /// <summary>Handles the request.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        var refusal = RequestEnvelope.RefuseBodiless(context.Request);
        var session = refusal is null ? SessionLookup.Find(context.Request, sessions, Caller.Of(context.User), out refusal) : null;
        if (session is null)
        {
            await refusal!.WriteAsync(context);
            return;
        }

        await sessions.EndAsync(session, "revoked");
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
