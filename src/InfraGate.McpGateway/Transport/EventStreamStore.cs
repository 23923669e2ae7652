using System.Collections.Concurrent;
using InfraGate.McpGateway.Configuration;
using ModelContextProtocol.Server;

namespace InfraGate.McpGateway.Transport;

/// <summary>
/// Keeps what was sent on recent streams, so that a client whose connection broke can take up a stream with <c>Last-Event-ID</c>. Bounded three ways: events
/// per stream, bytes in all, and the time after a stream's end. What has been dropped cannot be resumed, and the client is told so.
/// </summary>
internal sealed class EventStreamStore(TimeProvider time) : ISseEventStreamStore
{
    /// <summary>The most bytes kept for all streams together.</summary>
    public const long MaxBytes = 32 * 1024 * 1024;

    // More than one look for each new stream, so that what has ended goes faster than new streams come.
    private const int LooksPerStream = 4;

    private static readonly TimeSpan s_keep = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<long, EventStream> _streams = new();
    private readonly ConcurrentQueue<EventStream> _all = new();
    private long _lastKey;
    private long _bytes;

    /// <summary>The bytes kept now.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <inheritdoc />
    public ValueTask<ISseEventStreamWriter> CreateStreamAsync(SseEventStreamOptions options, CancellationToken cancellationToken = default)
    {
        Trim(atMost: LooksPerStream);
        var key = Interlocked.Increment(ref _lastKey);
        var stream = new EventStream(key, options, time, size => Interlocked.Add(ref _bytes, size));
        _streams[key] = stream;
        _all.Enqueue(stream);
        return ValueTask.FromResult<ISseEventStreamWriter>(stream);
    }

    /// <inheritdoc />
    public ValueTask<ISseEventStreamReader?> GetStreamReaderAsync(string lastEventId, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<ISseEventStreamReader?>(
            EventStream.TryParseId(lastEventId, out var key, out var number) && _streams.TryGetValue(key, out var stream) ? stream.ReaderAfter(number) : null);

    /// <summary>Looks at so many streams in turn and drops what ended long ago, or anything while all together are too much.</summary>
    public void Trim(int atMost)
    {
        for (var looks = Math.Min(atMost, _all.Count); looks > 0 && _all.TryDequeue(out var stream); looks--)
        {
            if (stream.EndedBefore(s_keep) || Bytes > MaxBytes)
            {
                _streams.TryRemove(stream.Key, out _);
                stream.Drop();
            }
            else
            {
                _all.Enqueue(stream);
            }
        }
    }
}
