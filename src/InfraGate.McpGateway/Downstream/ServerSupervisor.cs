using InfraGate.McpGateway.Observability;
using Polly;
using Polly.Retry;

namespace InfraGate.McpGateway.Downstream;

/// <summary>
/// Keeps one server process running: starts it, watches that it answers, replaces it when it ends or falls silent, with back-off when it does so
/// again and again, and ends it with the gateway.
/// </summary>
internal sealed partial class ServerSupervisor(
    ServerProgram program,
    ServerEnvironment environment,
    EarlyServer early,
    StderrRelay stderr,
    ToolCatalogSource catalog,
    GatewayMetrics metrics,
    TimeProvider time,
    ILogger<ServerSupervisor> logger) : BackgroundService
{
    // Silence must be noticed, and its server replaced, within 10 s: a ping goes out at most a second after it began and is given up five later, which leaves four for the new server.
    private static readonly TimeSpan s_pingInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_answerLimit = TimeSpan.FromSeconds(5);

    // A server that answered and lived this long was sound; its end is no reason to wait.
    private static readonly TimeSpan s_stable = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private TaskCompletionSource<ServerConnection> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The connection if the server answers right now, else null.</summary>
    public ServerConnection? Current => ReadyTask is { IsCompletedSuccessfully: true } ready ? ready.Result : null;

    private Task<ServerConnection> ReadyTask
    {
        get
        {
            lock (_lock)
            {
                return _ready.Task;
            }
        }
    }

    /// <summary>The connection, waiting for a server that is being started. Throws <see cref="DownstreamLostException"/> when it takes longer than the limit.</summary>
    public async ValueTask<ServerConnection> GetAsync(TimeSpan limit, CancellationToken cancel)
    {
        try
        {
            return await ReadyTask.WaitAsync(limit, time, cancel);
        }
        catch (TimeoutException late)
        {
            throw new DownstreamLostException("The server process is not running.", mayHaveRun: false, late);
        }
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var backOff = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = new PredicateBuilder().Handle<DownstreamLostException>(),
                MaxRetryAttempts = int.MaxValue,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = TimeSpan.FromMilliseconds(100),
                MaxDelay = TimeSpan.FromSeconds(5),
            })
            .Build();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await backOff.ExecuteAsync(async cancel => await ServeAsync(cancel), stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    /// <summary>Runs one server from start to end. Throws when it could not start or ended soon, so that the next start waits.</summary>
    private async Task ServeAsync(CancellationToken cancel)
    {
        var started = time.GetTimestamp();
        await using var connection = await LaunchAsync(cancel);
        await using var withdrawal = connection.Lost.Register(Withdraw);
        var reason = RestartReason.Ended;
        try
        {
            await AnsweredAsync(async limited => catalog.Current = await connection.ListToolsAsync(limited), cancel);
            Publish(connection);
            LogReady(connection.ProcessId, time.GetElapsedTime(started).TotalMilliseconds);
            await WatchAsync(connection, cancel);
        }
        catch (TimeoutException)
        {
            reason = RestartReason.Silent;
            LogSilent(connection.ProcessId);
            connection.Kill();
        }
        catch (Exception failure) when (!cancel.IsCancellationRequested)
        {
            // Whatever it was, the answer is the same: another server. A conversation that breaks because its server is gone is that server's end.
            reason = connection.Ended.IsCompleted || failure is IOException ? RestartReason.Ended : RestartReason.Failed;
            LogFailed(connection.ProcessId, failure);
            connection.Kill();
        }
        finally
        {
            Withdraw();
        }

        LogEnded(connection.ProcessId, connection.Ended.IsCompleted ? connection.ExitCode : -1);
        metrics.ServerRestarted(reason);
        if (time.GetElapsedTime(started) < s_stable)
        {
            throw new DownstreamLostException("The server ended soon after its start.", mayHaveRun: false);
        }
    }

    private async Task<ServerConnection> LaunchAsync(CancellationToken cancel)
    {
        try
        {
            var process = early.Take() ?? ServerLaunch.Start(await program.ResolveAsync(cancel), environment);
            _ = stderr.RunAsync(process);
            return await ServerConnection.OpenAsync(process, time, cancel);
        }
        catch (Exception failure) when (failure is not DownstreamLostException && !cancel.IsCancellationRequested)
        {
            LogStartFailed(failure.Message);
            metrics.ServerRestarted(RestartReason.NotStarted);
            throw new DownstreamLostException("The server did not start.", mayHaveRun: false, failure);
        }
    }

    /// <summary>Pings until the server ends. Throws <see cref="TimeoutException"/> when it no longer answers.</summary>
    private async Task WatchAsync(ServerConnection connection, CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(s_pingInterval, time);
        while (!connection.Ended.IsCompleted)
        {
            var tick = timer.WaitForNextTickAsync(cancel).AsTask();
            if (await Task.WhenAny(tick, connection.Ended) != tick || !await tick)
            {
                break;
            }

            await AnsweredAsync(connection.PingAsync, cancel);
        }

        cancel.ThrowIfCancellationRequested();
    }

    /// <summary>Asks the server something that it must be able to answer at any time. Throws <see cref="TimeoutException"/> when it does not, also when it does not even read.</summary>
    private async Task AnsweredAsync(Func<CancellationToken, Task> ask, CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(s_answerLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        try
        {
            await ask(either.Token).WaitAsync(either.Token);
        }
        catch (OperationCanceledException silence) when (limit.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            throw new TimeoutException("The server does not answer.", silence);
        }
    }

    private void Publish(ServerConnection connection)
    {
        lock (_lock)
        {
            if (!connection.Lost.IsCancellationRequested)
            {
                _ready.TrySetResult(connection);
                metrics.ServerUp(up: true);
            }
        }
    }

    private void Withdraw()
    {
        metrics.ServerUp(up: false);
        lock (_lock)
        {
            if (_ready.Task.IsCompleted)
            {
                _ready = new TaskCompletionSource<ServerConnection>(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }

    [LoggerMessage(LogLevel.Information, "Server {ProcessId} answers after {Milliseconds:0} ms")]
    private partial void LogReady(int processId, double milliseconds);

    [LoggerMessage(LogLevel.Warning, "Server {ProcessId} ended with {ExitCode}; starting another")]
    private partial void LogEnded(int processId, int exitCode);

    [LoggerMessage(LogLevel.Error, "Server {ProcessId} no longer answers; replacing it")]
    private partial void LogSilent(int processId);

    [LoggerMessage(LogLevel.Error, "Talking to server {ProcessId} failed")]
    private partial void LogFailed(int processId, Exception failure);

    [LoggerMessage(LogLevel.Error, "The server did not start: {Reason}")]
    private partial void LogStartFailed(string reason);
}
