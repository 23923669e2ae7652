using System.Text.Json.Nodes;
using InfraGate.McpGateway.Auth;
using InfraGate.McpGateway.Calls;
using InfraGate.McpGateway.Downstream;
using InfraGate.McpGateway.Observability;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace InfraGate.McpGateway.Transport;

/// <summary>
/// <c>POST /mcp</c>: one JSON-RPC message, answered as an event stream. The order of the checks is the order of this class: form, envelope, scope, rate,
/// session.
/// </summary>
internal sealed class McpPostEndpoint(
    SessionRegistry sessions, McpServerSetup servers, ToolCatalogSource catalog, CallRateLimit rate, ChallengeWriter challenges, GatewayMetrics metrics, TimeProvider time)
{
    /// <summary>The header that names a session.</summary>
    public const string SessionHeader = "Mcp-Session-Id";

    /// <summary>Handles the request.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        var caller = Caller.Of(context.User);
        if (AcceptHeader.RefusePost(context.Request) is { } unacceptable)
        {
            await unacceptable.WriteAsync(context);
            return;
        }

        var (message, refusal, id) = await JsonRpcBody.ReadAsync(context);
        refusal ??= RequestEnvelope.Refuse(context.Request, message!);
        if (refusal is not null)
        {
            metrics.Refused("malformed");
            await refusal.WriteAsync(context, id);
            return;
        }

        if (!await MayGoOnAsync(context, caller, message!, id))
        {
            return;
        }

        message!.Context = new JsonRpcMessageContext { User = context.User, ProtocolVersion = RequestEnvelope.RevisionOf(context.Request) };
        if (Revisions.IsSessionless(message.Context.ProtocolVersion))
        {
            await AnswerWithoutSessionAsync(context, message);
        }
        else if (message is JsonRpcRequest { Method: RequestMethods.Initialize } && !context.Request.Headers.ContainsKey(SessionHeader))
        {
            await OpenSessionAsync(context, caller, message, id);
        }
        else
        {
            await AnswerInSessionAsync(context, caller, message, id);
        }
    }

    private async Task<bool> MayGoOnAsync(HttpContext context, Caller caller, JsonRpcMessage message, RequestId id)
    {
        var tool = message is JsonRpcRequest { Method: RequestMethods.ToolsCall, Params: JsonObject call } && call["name"] is JsonValue name && name.TryGetValue(out string? text) ? text : null;
        if (caller.Scopes.Count == 0 || (tool is not null && !ToolScopes.Allow(caller.Scopes, tool)))
        {
            metrics.Refused("insufficient_scope");
            await challenges.InsufficientScopeAsync(context, tool is null ? ToolScopes.Everything : ToolScopes.RequiredFor(tool));
            return false;
        }

        var counts = tool is not null || message is JsonRpcRequest { Method: RequestMethods.Initialize };
        if (counts && !rate.TryTake(caller, out var wait))
        {
            metrics.Refused("rate_limited");
            await new JsonRpcRefusal(StatusCodes.Status429TooManyRequests, JsonRpcRefusal.ServerError, "rate_limited: too many calls in a minute.") { RetryAfter = wait }.WriteAsync(context, id);
            return false;
        }

        return true;
    }

    private async Task AnswerWithoutSessionAsync(HttpContext context, JsonRpcMessage message)
    {
        var (transport, server) = servers.CreateForRequest();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        var run = server.RunAsync(ended.Token);
        try
        {
            SseResponse.Begin(context);
            var wrote = await transport.HandlePostRequestAsync(message, context.Response.Body, first => SetStatusAsync(context, first), context.RequestAborted);
            AcceptSilently(context, wrote);
        }
        finally
        {
            // In this revision the end of the response is the end of the request: what still runs for it is cancelled.
            await transport.DisposeAsync();
            await ended.CancelAsync();
            await run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task OpenSessionAsync(HttpContext context, Caller caller, JsonRpcMessage message, RequestId id)
    {
        if (sessions.Reserve(caller) is { } full)
        {
            metrics.Refused("sessions_full");
            await full.WriteAsync(context, id);
            return;
        }

        var sessionId = McpSession.NewId();
        var (transport, server) = servers.CreateForSession(sessionId);
        var session = new McpSession(sessionId, SessionOwner.Of(caller), transport, server, time);
        sessions.Add(session);
        try
        {
            await ExchangeAsync(context, session, message);
        }
        finally
        {
            if (session.Server.NegotiatedProtocolVersion is null)
            {
                // The handshake failed, or its client hung up; nobody can use what it left.
                await sessions.EndAsync(session, "revoked");
            }
        }
    }

    private async Task AnswerInSessionAsync(HttpContext context, Caller caller, JsonRpcMessage message, RequestId id)
    {
        if (SessionLookup.Find(context.Request, sessions, caller, out var refusal) is not { } session)
        {
            await refusal.WriteAsync(context, id);
            return;
        }

        if (message.Context!.ProtocolVersion is { } declared && session.Server.NegotiatedProtocolVersion is { } negotiated && declared != negotiated)
        {
            await new JsonRpcRefusal(StatusCodes.Status400BadRequest, (int)McpErrorCode.InvalidRequest, $"This session negotiated revision {negotiated}.").WriteAsync(context, id);
            return;
        }

        if (message is JsonRpcRequest { Method: RequestMethods.ToolsList } list && list.Params?["cursor"] is null && catalog.Current is { } tools)
        {
            // The most frequent question has one answer for all; it is written as it lies in memory.
            await InUseAsync(context, session, () => SseResponse.WriteResultAsync(context, list.Id, tools.SessionResult));
            return;
        }

        await ExchangeAsync(context, session, message);
    }

    private static Task ExchangeAsync(HttpContext context, McpSession session, JsonRpcMessage message) => InUseAsync(context, session, async () =>
    {
        SseResponse.Begin(context);
        AcceptSilently(context, await session.Transport.HandlePostRequestAsync(message, context.Response.Body, context.RequestAborted));
    });

    /// <summary>Answers while the session counts as in use, however the answer ends: a use that never ended would keep the session for ever.</summary>
    private static async Task InUseAsync(HttpContext context, McpSession session, Func<Task> answer)
    {
        context.Response.Headers[SessionHeader] = session.Id;
        session.Enter();
        try
        {
            await answer();
        }
        finally
        {
            session.Leave();
        }
    }

    /// <summary>A notification or a response has no answer: 202 without a body.</summary>
    private static void AcceptSilently(HttpContext context, bool wrote)
    {
        if (!wrote)
        {
            context.Response.ContentType = null;
            context.Response.StatusCode = StatusCodes.Status202Accepted;
        }
    }

    /// <summary>SEP-2575 gives some errors an HTTP status of their own, which can only be set before the first byte.</summary>
    private static ValueTask SetStatusAsync(HttpContext context, JsonRpcMessage? first)
    {
        if (first is JsonRpcError error && !context.Response.HasStarted)
        {
            context.Response.StatusCode = (McpErrorCode)error.Error.Code switch
            {
                McpErrorCode.MethodNotFound => StatusCodes.Status404NotFound,
                McpErrorCode.MissingRequiredClientCapability or McpErrorCode.UnsupportedProtocolVersion or McpErrorCode.HeaderMismatch => StatusCodes.Status400BadRequest,
                _ => context.Response.StatusCode,
            };
        }

        return ValueTask.CompletedTask;
    }
}
