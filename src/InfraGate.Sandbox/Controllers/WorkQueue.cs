using InfraGate.Sandbox.Storage;

namespace InfraGate.Sandbox.Controllers;

/// <summary>Keys to look at, each at most once, each when it is due.</summary>
internal sealed class WorkQueue(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ObjectKey, DateTimeOffset> _due = [];
    private readonly PriorityQueue<ObjectKey, DateTimeOffset> _order = new();
    private TaskCompletionSource _changed = NewSignal();

    /// <summary>Adds a key, or brings it forward when it waits for later.</summary>
    public void Add(ObjectKey key, TimeSpan delay = default)
    {
        lock (_gate)
        {
            var due = time.GetUtcNow() + delay;
            if (_due.TryGetValue(key, out var known) && known <= due)
            {
                return;
            }

            _due[key] = due;
            _order.Enqueue(key, due);
            _changed.TrySetResult();
        }
    }

    /// <summary>Waits for the next due key.</summary>
    public async Task<ObjectKey> TakeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            TimeSpan wait;
            lock (_gate)
            {
                if (TryTake(out var key, out wait))
                {
                    return key;
                }

                _changed = NewSignal();
                changed = _changed.Task;
            }

            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(changed, Task.Delay(wait, time, stop.Token));
            await stop.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private bool TryTake(out ObjectKey key, out TimeSpan wait)
    {
        var now = time.GetUtcNow();
        while (_order.TryPeek(out key, out var due))
        {
            if (!_due.TryGetValue(key, out var current) || current != due)
            {
                _order.Dequeue();
                continue;
            }

            wait = due - now;
            if (wait > TimeSpan.Zero)
            {
                return false;
            }

            _order.Dequeue();
            _due.Remove(key);
            return true;
        }

        wait = Timeout.InfiniteTimeSpan;
        return false;
    }
}
