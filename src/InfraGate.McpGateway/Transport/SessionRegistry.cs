using System.Collections.Concurrent;
using InfraGate.McpGateway.Auth;
using InfraGate.McpGateway.Configuration;
using InfraGate.McpGateway.Observability;

namespace InfraGate.McpGateway.Transport;

/// <summary>All open sessions, bounded in all and per subject, each found only by its owner.</summary>
internal sealed class SessionRegistry(GatewayOptions options, GatewayMetrics metrics) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, McpSession> _sessions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _perSubject = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private int _count;

    /// <summary>Takes a place for a new session of the caller; the reason when there is none.</summary>
    public JsonRpcRefusal? Reserve(Caller caller)
    {
        lock (_lock)
        {
            var own = _perSubject.GetValueOrDefault(caller.Subject);
            if (own >= options.Sessions.MaxPerSubject)
            {
                return Full(StatusCodes.Status429TooManyRequests, "You have as many open sessions as are allowed. End one with DELETE, or wait until an idle one expires.");
            }

            if (_count >= options.Sessions.MaxTotal)
            {
                return Full(StatusCodes.Status503ServiceUnavailable, "All sessions are taken. Try again in a minute.");
            }

            _perSubject[caller.Subject] = own + 1;
            _count++;
            return null;
        }
    }

    /// <summary>Opens the session that a place was reserved for.</summary>
    public void Add(McpSession session)
    {
        _sessions[session.Id] = session;
        metrics.SessionOpened();
    }

    /// <summary>The caller's session of that id. Someone else's session, an expired one and one that never was are all the same: null.</summary>
    public McpSession? Find(string id, Caller caller) =>
        _sessions.TryGetValue(id, out var session) && session.Owner == SessionOwner.Of(caller) && !session.IsIdle(options.Sessions.IdleLimit) ? session : null;

    /// <summary>Ends a session, once.</summary>
    public async ValueTask EndAsync(McpSession session, string why)
    {
        if (!_sessions.TryRemove(session.Id, out _))
        {
            return;
        }

        Release(session.Owner.Subject);
        metrics.SessionEnded(why);
        await session.DisposeAsync();
    }

    /// <summary>Gives a reserved place back.</summary>
    public void Release(string subject)
    {
        lock (_lock)
        {
            _count--;
            if (_perSubject.TryGetValue(subject, out var own) && own > 1)
            {
                _perSubject[subject] = own - 1;
            }
            else
            {
                _perSubject.Remove(subject);
            }
        }
    }

    /// <summary>Ends every session that has been idle for too long.</summary>
    public async Task ExpireAsync()
    {
        foreach (var session in _sessions.Values.Where(session => session.IsIdle(options.Sessions.IdleLimit)))
        {
            await EndAsync(session, "expired");
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        foreach (var session in _sessions.Values)
        {
            await EndAsync(session, "revoked");
        }
    }

    private static JsonRpcRefusal Full(int status, string message) =>
        new(status, JsonRpcRefusal.ServerError, message) { RetryAfter = TimeSpan.FromSeconds(60) };
}

/// <summary>Looks for idle sessions and streams that nobody will resume any more, every so often.</summary>
internal sealed class SessionSweeper(SessionRegistry sessions, EventStreamStore events, GatewayOptions options, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(30);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var quarter = options.Sessions.IdleLimit / 4;
        using var timer = new PeriodicTimer(quarter < s_longest ? quarter : s_longest, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await sessions.ExpireAsync();
                events.Trim(atMost: int.MaxValue);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The gateway stops; the registry ends its sessions itself.
        }
    }
}
