using InfraGate.McpGateway.Configuration;
using InfraGate.McpGateway.Observability;

namespace InfraGate.McpGateway.Transport;

/// <summary>Counts requests in flight and, once the gateway is told to stop, lets no new one in.</summary>
internal sealed class DrainGate : IDisposable
{
    private readonly CancellationTokenSource _draining = new();
    private readonly TaskCompletionSource _empty = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _inFlight;

    /// <summary>Cancelled when draining begins; ends streams that would otherwise stay open for ever.</summary>
    public CancellationToken Draining => _draining.Token;

    /// <summary>Whether new requests are refused.</summary>
    public bool IsDraining => _draining.IsCancellationRequested;

    /// <summary>Lets a request in; false when the gateway is stopping.</summary>
    public bool TryEnter()
    {
        Interlocked.Increment(ref _inFlight);
        if (!IsDraining)
        {
            return true;
        }

        Leave();
        return false;
    }

    /// <summary>A request that was let in has ended.</summary>
    public void Leave()
    {
        if (Interlocked.Decrement(ref _inFlight) == 0 && IsDraining)
        {
            _empty.TrySetResult();
        }
    }

    /// <summary>Begins to drain; completes when nothing is in flight any more.</summary>
    public Task DrainAsync()
    {
        _draining.Cancel();
        if (Volatile.Read(ref _inFlight) == 0)
        {
            _empty.TrySetResult();
        }

        return _empty.Task;
    }

    /// <inheritdoc />
    public void Dispose() => _draining.Dispose();
}

/// <summary>Drains before the web server and the server process are stopped, so that calls in flight still have both.</summary>
internal sealed partial class DrainService(DrainGate gate, GatewayOptions options, TimeProvider time, ILogger<DrainService> logger) : IHostedLifecycleService
{
    /// <inheritdoc />
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        LogDraining(options.Limits.Drain.TotalSeconds);
        try
        {
            await gate.DrainAsync().WaitAsync(options.Limits.Drain, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            LogCutOff();
        }
    }

    /// <inheritdoc />
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(LogLevel.Information, "Stopping: new requests are refused, those in flight have {Seconds} s")]
    private partial void LogDraining(double seconds);

    [LoggerMessage(LogLevel.Warning, "Requests were still in flight when the time to drain ended")]
    private partial void LogCutOff();
}
