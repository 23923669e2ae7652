using Microsoft.Extensions.Logging;

namespace InfraGate.McpServer.Kubernetes.Watching;

/// <summary>
/// A collection in memory, kept in step by a watch. It starts with its first reader, is renewed while it has readers, and ends when it has none. It may be read
/// only while it is in step: the watch is open, the API server was heard from within <see cref="FeedOptions.Bound"/>, and whatever this process saw or wrote
/// elsewhere has arrived. Otherwise its readers are sent to the cluster.
/// </summary>
internal sealed partial class Feed<TItem>
{
    private readonly NamespaceClient _client;
    private readonly IFeedSource<TItem> _source;
    private readonly FeedOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationToken _stopping;
    private readonly FeedRest _rest;
    private readonly FeedState<TItem> _state;

    public Feed(NamespaceClient client, IFeedSource<TItem> source, FeedOptions options, TimeProvider time, ILogger logger, CancellationToken stopping)
    {
        (_client, _source, _options, _time, _logger, _stopping) = (client, source, options, time, logger, stopping);
        _rest = new FeedRest(options, time);
        _state = new FeedState<TItem>(new FeedStore<TItem>(source.MaxItems, options.MaxWeight), _rest, options, time);
    }

    /// <summary>What the feed must be told of.</summary>
    public IFeed Told => _state;

    /// <summary>Reads what is in memory, starting the feed if need be.</summary>
    /// <param name="take">Takes what is wanted out of the store; must be quick.</param>
    /// <param name="awaitStart">Whether to wait for a feed that is only starting, which takes a listing of the collection.</param>
    /// <returns>Null when the cluster must be asked instead.</returns>
    /// <exception cref="KubernetesException">The feed was waited for, and the cluster refused the listing or did not answer.</exception>
    public async ValueTask<FeedReading<T>?> ReadAsync<T>(Func<FeedStore<TItem>, T> take, bool awaitStart, CancellationToken cancellationToken)
    {
        var began = _time.GetTimestamp();
        while (!_stopping.IsCancellationRequested)
        {
            var (reading, wait, isStarting) = _state.Look(take, Begin);
            if (reading is not null || wait is null || (isStarting && !awaitStart))
            {
                return reading;
            }

            if (isStarting)
            {
                await wait.WaitAsync(cancellationToken);
            }
            else if (!await ComesAsync(wait, began, cancellationToken))
            {
                return null;
            }
        }

        return null;
    }

    private void Begin()
    {
        // The reader that happens to be the first is not the cause of all that follows: its trace ends with its call.
        using (ExecutionContext.SuppressFlow())
        {
            _ = Task.Run(RunAsync, CancellationToken.None);
        }
    }

    private async Task RunAsync()
    {
        KubernetesException? unlisted = null;
        try
        {
            do
            {
                unlisted = await FillAsync();
            }
            while (unlisted is null && await FollowAsync());
        }
        catch (Exception) when (_stopping.IsCancellationRequested)
        {
            // The process ends; connections end under the watch.
        }
        catch (KubernetesException exception)
        {
            RestAfter(exception);
        }
        catch (FeedRefusedException exception)
        {
            LogRefused(_client.Cluster, _client.Namespace, typeof(TItem).Name, exception.Message);
            _rest.AfterRefusal();
        }
        catch (Exception exception)
        {
            LogDefect(exception, _client.Cluster, _client.Namespace, typeof(TItem).Name);
            _rest.AfterRefusal();
        }
        finally
        {
            _state.End(unlisted);
        }
    }

    /// <returns>Why the collection could not be listed.</returns>
    private async Task<KubernetesException?> FillAsync()
    {
        try
        {
            FeedSeed<TItem> seed;
            do
            {
                _state.BeginListing();
                seed = await _source.ListAsync(_client, _stopping);
            }
            while (!_state.TryFill(seed));
            return null;
        }
        catch (KubernetesException exception) when (!_stopping.IsCancellationRequested)
        {
            RestAfter(exception);
            return exception;
        }
    }

    /// <returns>Whether the collection must be listed again; else nobody reads it any more.</returns>
    private async Task<bool> FollowAsync()
    {
        for (var isFirst = true; ; isFirst = false)
        {
            var began = _time.GetTimestamp();
            try
            {
                if (await WatchAsync())
                {
                    return true;
                }
            }
            catch (KubernetesException exception) when (exception.Failure is KubernetesFailure.Gone && !isFirst)
            {
                _state.Doubt();
                return true;
            }

            // An API server that goes down ends its watches in good order, but early.
            if (_time.GetElapsedTime(began) < _options.Lifetime / 2)
            {
                throw new KubernetesException(KubernetesFailure.Unreachable, "The API server ended the watch before its time.");
            }

            _rest.Recovered();
            if (_state.IsIdle)
            {
                return false;
            }
        }
    }

    /// <summary>Watches until the API server ends it.</summary>
    /// <returns>Whether the collection must be listed again.</returns>
    private async Task<bool> WatchAsync()
    {
        using var watch = CancellationTokenSource.CreateLinkedTokenSource(_stopping);
        var isDoubted = false;
        try
        {
            if (_state.BeginWatch(watch) is { } query)
            {
                await _source.WatchAsync(_client, query, _state, watch.Token);
            }
        }
        catch (OperationCanceledException) when (!_stopping.IsCancellationRequested)
        {
            // Cancelled by doubt.
        }
        finally
        {
            isDoubted = _state.EndWatch();
        }

        return isDoubted;
    }

    private void RestAfter(KubernetesException exception)
    {
        LogBroken(_client.Cluster, _client.Namespace, typeof(TItem).Name, exception.Failure);
        _rest.After(exception);
    }

    private async Task<bool> ComesAsync(Task signal, long began, CancellationToken cancellationToken)
    {
        var left = _options.Patience - _time.GetElapsedTime(began);
        if (left <= TimeSpan.Zero)
        {
            return false;
        }

        try
        {
            await signal.WaitAsync(left, _time, cancellationToken);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Cluster {Cluster}, namespace {Namespace}: the watch behind {Kind} broke ({Failure}); reads are live")]
    private partial void LogBroken(string cluster, string @namespace, string kind, KubernetesFailure failure);

    [LoggerMessage(Level = LogLevel.Information, Message = "Cluster {Cluster}, namespace {Namespace}: {Kind} cannot be kept in memory ({Reason}); reads are live")]
    private partial void LogRefused(string cluster, string @namespace, string kind, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Cluster {Cluster}, namespace {Namespace}: the watch behind {Kind} failed unexpectedly; reads are live")]
    private partial void LogDefect(Exception exception, string cluster, string @namespace, string kind);
}
