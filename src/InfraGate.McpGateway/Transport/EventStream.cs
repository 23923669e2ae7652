using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace InfraGate.McpGateway.Transport;

/// <summary>The recent events of one stream, written by the SDK and read by whoever resumes it. Event ids are <c>stream-number</c>.</summary>
internal sealed class EventStream(long key, SseEventStreamOptions options, TimeProvider time, Action<int> countBytes) : ISseEventStreamWriter
{
    private const int MaxEvents = 256;

    private readonly Lock _lock = new();
    private readonly string _sessionId = options.SessionId;
    private readonly string _streamId = options.StreamId;
    private readonly Queue<Kept> _events = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private SseEventStreamMode _mode = options.Mode;
    private long _lastNumber;
    private long? _endedAt;

    /// <summary>The number by which event ids name the stream.</summary>
    public long Key { get; } = key;

    /// <summary>Takes an event id apart.</summary>
    public static bool TryParseId(string id, out long key, out long number)
    {
        number = 0;
        var dash = id.IndexOf('-', StringComparison.Ordinal);
        return long.TryParse(dash < 0 ? id : id[..dash], out key) && dash > 0 && long.TryParse(id[(dash + 1)..], out number);
    }

    /// <summary>Whether the stream ended at least so long ago.</summary>
    public bool EndedBefore(TimeSpan age)
    {
        lock (_lock)
        {
            return _endedAt is { } ended && time.GetElapsedTime(ended) >= age;
        }
    }

    /// <inheritdoc />
    public ValueTask SetModeAsync(SseEventStreamMode mode, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            _mode = mode;
            Announce();
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc />
    public ValueTask<SseItem<JsonRpcMessage?>> WriteEventAsync(SseItem<JsonRpcMessage?> sseItem, CancellationToken cancellationToken = default)
    {
        if (sseItem.EventId is not null)
        {
            return ValueTask.FromResult(sseItem);
        }

        var size = sseItem.Data is { } message ? JsonSerializer.SerializeToUtf8Bytes(message, JsonRpcTypes.Message).Length : 0;
        lock (_lock)
        {
            var number = ++_lastNumber;
            var item = new SseItem<JsonRpcMessage?>(sseItem.Data, sseItem.EventType) { EventId = $"{Key}-{number}", ReconnectionInterval = sseItem.ReconnectionInterval };
            _events.Enqueue(new Kept(number, size, item));
            countBytes(size);
            if (_events.Count > MaxEvents)
            {
                countBytes(-_events.Dequeue().Size);
            }

            Announce();
            return ValueTask.FromResult(item);
        }
    }

    /// <summary>A reader of what came after the event; null when that event, or one since, is no longer kept.</summary>
    public ISseEventStreamReader? ReaderAfter(long number)
    {
        lock (_lock)
        {
            var complete = number <= _lastNumber && (number == _lastNumber || (_events.TryPeek(out var first) && first.Number <= number + 1));
            return complete ? new Reader(this, number) : null;
        }
    }

    /// <summary>Forgets all events.</summary>
    public void Drop()
    {
        lock (_lock)
        {
            countBytes(-_events.Sum(kept => kept.Size));
            _events.Clear();
            _endedAt ??= time.GetTimestamp();
            Announce();
        }
    }

    /// <summary>Ends the stream; its events stay for a while.</summary>
    public ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            _endedAt ??= time.GetTimestamp();
            Announce();
        }

        return ValueTask.CompletedTask;
    }

    private void Announce()
    {
        _changed.TrySetResult();
        _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private (List<Kept> Events, bool More, Task Changed) After(long number)
    {
        lock (_lock)
        {
            return ([.. _events.Where(kept => kept.Number > number)], _endedAt is null && _mode == SseEventStreamMode.Streaming, _changed.Task);
        }
    }

    private sealed record Kept(long Number, int Size, SseItem<JsonRpcMessage?> Item);

    private sealed class Reader(EventStream stream, long after) : ISseEventStreamReader
    {
        public string SessionId => stream._sessionId;

        public string StreamId => stream._streamId;

        public async IAsyncEnumerable<SseItem<JsonRpcMessage?>> ReadEventsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            var last = after;
            while (true)
            {
                var (events, more, changed) = stream.After(last);
                foreach (var kept in events)
                {
                    last = kept.Number;
                    yield return kept.Item;
                }

                if (events.Count == 0)
                {
                    if (!more)
                    {
                        yield break;
                    }

                    await changed.WaitAsync(cancellationToken);
                }
            }
        }
    }
}
