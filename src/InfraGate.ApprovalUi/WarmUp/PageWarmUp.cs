using System.Diagnostics;
using System.Security.Claims;
using InfraGate.ApprovalUi.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace InfraGate.ApprovalUi.WarmUp;

/// <summary>
/// Draws <see cref="InventedPlan"/> once, a moment after the start and in the background, by the renderer that draws every page. What is slow about the very first page is compiling the
/// code that makes it; nobody should wait for that who was just asked to look at something. Reads and writes neither plans nor audit trail, sends nothing, and holds up nothing: when
/// it fails, the first page is slower, and the log says why.
/// </summary>
internal sealed partial class PageWarmUp(IServiceScopeFactory scopes, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<PageWarmUp> logger) : BackgroundService
{
    /// <summary>The server that talks to the cluster starts at the same time, and readiness waits for it; the processor is its until then.</summary>
    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(2);

    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the pages are as ready as they will be.</summary>
    public Task Done => _done.Task;

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await StartedAsync(stoppingToken);
            await Task.Delay(Delay, time, stoppingToken);
            var began = Stopwatch.GetTimestamp();
            await DrawAsync();
            LogReady(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The gateway stops before anybody came to look.
        }
        catch (Exception failure)
        {
            LogFailed(failure);
        }
        finally
        {
            _done.TrySetResult();
        }
    }

    private async Task StartedAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
    }

    private async Task DrawAsync()
    {
        await using var scope = scopes.CreateAsyncScope();
        var nobody = new ClaimsIdentity([new Claim("sub", "nobody")], ApproverIdentity.Scheme);
        var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider, User = new ClaimsPrincipal(nobody) };
        // Where only HTTPS is used, cookies are refused to anything else.
        context.Request.Scheme = Uri.UriSchemeHttps;
        context.Request.Host = new HostString("localhost");
        context.Request.Path = "/approvals/plans/invented";
        context.Response.Body = Stream.Null;
        var parameters = new Dictionary<string, object?> { [nameof(WarmUpDocument.Review)] = InventedPlan.Review(time.GetUtcNow()) };
        await new RazorComponentResult<WarmUpDocument>(parameters).ExecuteAsync(context);
    }

    [LoggerMessage(LogLevel.Debug, "The approval pages are ready after drawing an invented plan for {Milliseconds:0} ms")]
    private partial void LogReady(double milliseconds);

    [LoggerMessage(LogLevel.Warning, "The approval pages could not be made ready beforehand; the first one will be slower")]
    private partial void LogFailed(Exception failure);
}
