namespace InfraGate.McpServer.Kubernetes.Http;

/// <summary>The time that a request may take. It stands still while a credential is obtained, which has a limit of its own and is nothing the API server can be blamed for.</summary>
internal sealed class RequestLimit(TimeSpan length, TimeProvider time) : IDisposable
{
    private readonly CancellationTokenSource _source = new(length, time);
    private TimeSpan _left = length;
    private long _since = time.GetTimestamp();

    /// <summary>Cancelled when the time is over.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Does something that does not count. Not for use from several threads at once.</summary>
    public async ValueTask<T> UncountedAsync<T>(ValueTask<T> work)
    {
        if (work.IsCompleted)
        {
            return await work;
        }

        _left -= time.GetElapsedTime(_since);
        _source.CancelAfter(Timeout.InfiniteTimeSpan);
        try
        {
            return await work;
        }
        finally
        {
            _since = time.GetTimestamp();
            _source.CancelAfter(_left > TimeSpan.Zero ? _left : TimeSpan.Zero);
        }
    }

    public void Dispose() => _source.Dispose();
}
