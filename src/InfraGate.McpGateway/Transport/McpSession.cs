using System.Buffers.Text;
using System.Security.Cryptography;
using InfraGate.McpGateway.Auth;
using ModelContextProtocol.Server;

namespace InfraGate.McpGateway.Transport;

/// <summary>Who may use a session: the subject and the client that opened it. Anyone else's knowledge of the id is worth nothing (session theft).</summary>
internal readonly record struct SessionOwner(string Subject, string Client)
{
    /// <summary>The owner that the caller would be.</summary>
    public static SessionOwner Of(Caller caller) => new(caller.Subject, caller.Client);
}

/// <summary>One session of the revisions that have them: an SDK server on its transport, an owner, and the time of its last use.</summary>
internal sealed class McpSession : IAsyncDisposable
{
    private const int IdBytes = 32;

    private readonly CancellationTokenSource _closed = new();
    private readonly TimeProvider _time;
    private readonly Task _run;
    private long _lastUsed;
    private int _inUse;
    private int _streamStarted;

    /// <summary>Starts the server's loop on the transport.</summary>
    public McpSession(string id, SessionOwner owner, StreamableHttpServerTransport transport, McpServer server, TimeProvider time)
    {
        Id = id;
        Owner = owner;
        Transport = transport;
        Server = server;
        _time = time;
        _lastUsed = time.GetTimestamp();
        _run = server.RunAsync(_closed.Token);
    }

    /// <summary>The id: 256 random bits, base64url.</summary>
    public string Id { get; }

    /// <summary>Who opened it.</summary>
    public SessionOwner Owner { get; }

    /// <summary>Where its requests go.</summary>
    public StreamableHttpServerTransport Transport { get; }

    /// <summary>The SDK's side of it.</summary>
    public McpServer Server { get; }

    /// <summary>A fresh id.</summary>
    public static string NewId() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(IdBytes));

    /// <summary>Marks the session as in use; it does not grow idle before <see cref="Leave"/>.</summary>
    public void Enter() => Interlocked.Increment(ref _inUse);

    /// <summary>Ends a use.</summary>
    public void Leave()
    {
        Volatile.Write(ref _lastUsed, _time.GetTimestamp());
        Interlocked.Decrement(ref _inUse);
    }

    /// <summary>Whether nobody has used the session for so long.</summary>
    public bool IsIdle(TimeSpan limit) => Volatile.Read(ref _inUse) == 0 && _time.GetElapsedTime(Volatile.Read(ref _lastUsed)) >= limit;

    /// <summary>True once: the SDK's transport can serve one stream of unsolicited messages in its life.</summary>
    public bool TryStartStream() => Interlocked.Exchange(ref _streamStarted, 1) == 0;

    /// <summary>Ends the session and cancels what still runs in it.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closed.CancelAsync();
        await _run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Transport.DisposeAsync();
        _closed.Dispose();
    }
}
