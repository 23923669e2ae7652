namespace InfraGate.McpServer.Kubernetes.Watching;

/// <summary>A feed's store and whether it may be read, under one lock. The loop of <see cref="Feed{TItem}"/> moves it along; readers look and wait.</summary>
internal sealed class FeedState<TItem>(FeedStore<TItem> store, FeedRest rest, FeedOptions options, TimeProvider time) : IFeed, IWatchSink<FeedEntry<TItem>>
{
    private readonly Lock _gate = new();
    private TaskCompletionSource? _starting;
    private TaskCompletionSource? _moved;
    private CancellationTokenSource? _watch;
    private bool _isRunning;
    private bool _isOpen;
    private bool _isDoubted;
    private DateTimeOffset _asked;
    private (DateTimeOffset At, long Timestamp) _heard;
    private long _lastRead;

    public bool IsIdle
    {
        get
        {
            lock (_gate)
            {
                return time.GetElapsedTime(_lastRead) > options.Idle;
            }
        }
    }

    private bool IsInStep => _isOpen && time.GetElapsedTime(_heard.Timestamp) <= options.Bound && store.IsCaughtUp;

    /// <summary>Reads, if that is possible now; else says what to wait for.</summary>
    /// <param name="take">Takes what is wanted out of the store.</param>
    /// <param name="begin">Starts the feed's loop.</param>
    public FeedGlance<T> Look<T>(Func<FeedStore<TItem>, T> take, Action begin)
    {
        lock (_gate)
        {
            _lastRead = time.GetTimestamp();
            if (IsInStep)
            {
                return new FeedGlance<T>(new FeedReading<T>(take(store), store.Change, _heard.At), Wait: null, IsStarting: false);
            }

            if (!_isRunning)
            {
                if (rest.IsResting)
                {
                    return default;
                }

                _isRunning = true;
                _starting = NewSignal();
                store.Lower();
                begin();
            }

            return new FeedGlance<T>(Reading: null, (_starting ?? (_moved ??= NewSignal())).Task, _starting is not null);
        }
    }

    public void BeginListing()
    {
        lock (_gate)
        {
            _isDoubted = false;
        }
    }

    /// <returns>False when the listing came into doubt while it was made, and must be made again.</returns>
    /// <exception cref="FeedRefusedException">It cannot be kept.</exception>
    public bool TryFill(FeedSeed<TItem> seed)
    {
        lock (_gate)
        {
            if (!_isDoubted)
            {
                store.Fill(seed);
            }

            return !_isDoubted;
        }
    }

    /// <summary>From where to watch now; null when the collection must be listed first.</summary>
    /// <param name="watch">Ends the watch when the feed comes into doubt.</param>
    public WatchQuery? BeginWatch(CancellationTokenSource watch)
    {
        lock (_gate)
        {
            if (_isDoubted)
            {
                return null;
            }

            _watch = watch;
            _asked = time.GetUtcNow();
            return new WatchQuery(store.Version, options.Lifetime, options.Grace);
        }
    }

    /// <returns>Whether the collection must be listed again.</returns>
    public bool EndWatch()
    {
        lock (_gate)
        {
            _watch = null;
            _isOpen = false;
            return _isDoubted;
        }
    }

    /// <summary>The loop has ended; the next reader may start it again.</summary>
    /// <param name="failure">What those who wait for the start are told; null sends them to the cluster.</param>
    public void End(KubernetesException? failure)
    {
        lock (_gate)
        {
            _isRunning = false;
            _isOpen = false;
            store.Clear();
            if (failure is not null && _starting is { } starting)
            {
                starting.TrySetException(failure);

                // Nobody may have waited.
                _ = starting.Task.Exception;
            }

            Started();
        }
    }

    public void Opened()
    {
        lock (_gate)
        {
            if (_isDoubted)
            {
                return;
            }

            // What a watch tells was so after it was asked for; when its answer came says less.
            _isOpen = true;
            _heard = (_asked, time.GetTimestamp());
            Started();
        }
    }

    public void Take(WatchEventType type, FeedEntry<TItem> item)
    {
        lock (_gate)
        {
            store.Apply(type, item);
            _heard = (time.GetUtcNow(), time.GetTimestamp());
            Signal();
        }
    }

    public void Raise(string? version)
    {
        lock (_gate)
        {
            store.Raise(version);
        }
    }

    public void ExpectDeletion(string name)
    {
        lock (_gate)
        {
            // What is being listed may still hold the object.
            if (_starting is not null)
            {
                Doubt();
            }
            else
            {
                store.ExpectDeletion(name);
            }
        }
    }

    public void Doubt()
    {
        lock (_gate)
        {
            if (_isRunning)
            {
                _isDoubted = true;
                _isOpen = false;
                _starting ??= NewSignal();
                _watch?.Cancel();
            }
        }
    }

    private void Started()
    {
        _starting?.TrySetResult();
        _starting = null;
        Signal();
    }

    private void Signal()
    {
        _moved?.TrySetResult();
        _moved = null;
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>What a look at a feed showed.</summary>
/// <param name="Reading">What was read, if the feed is in step.</param>
/// <param name="Wait">What to wait for before looking again; null as well when the feed rests.</param>
/// <param name="IsStarting">Whether that is a listing of the whole collection.</param>
internal readonly record struct FeedGlance<T>(FeedReading<T>? Reading, Task? Wait, bool IsStarting);
