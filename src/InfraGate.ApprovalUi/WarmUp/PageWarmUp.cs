using System.Diagnostics;
using InfraGate.Plans;
using InfraGate.Plans.Lifecycle;
using InfraGate.Plans.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace InfraGate.ApprovalUi.WarmUp;

/// <summary>
/// Draws <see cref="InventedPlan"/> once, a moment after the start and in the background, by the renderer that draws every page; then, by <see cref="PlanRehearsal"/>, the page of the
/// first real plan: one that waits already, or the first that somebody is handed a link to. What is slow about the very first page is compiling the code that makes it, here and in the
/// server; nobody should wait for that who was just asked to look at something. Writes neither plans nor audit trail and holds up nothing: when it fails, the first page is slower, and
/// the log says why.
/// </summary>
internal sealed partial class PageWarmUp(
    IServiceScopeFactory scopes, IPlanStore store, PlanRehearsal rehearsal, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<PageWarmUp> logger) : BackgroundService, IPageWarmUp
{
    /// <summary>The server that talks to the cluster starts at the same time, and readiness waits for it; the processor is its until then.</summary>
    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(2);

    private readonly TaskCompletionSource _drawn = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _rehearsed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<PlanId> _announced = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the pages are as ready as they will be without a plan.</summary>
    public Task Drawn => _drawn.Task;

    /// <summary>Ends when the page of a real plan was drawn, too.</summary>
    public Task Rehearsed => _rehearsed.Task;

    /// <inheritdoc />
    public void Announce(PlanId plan) => _announced.TrySetResult(plan);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await StartedAsync(stoppingToken);
            await Task.Delay(Delay, time, stoppingToken);
            var began = Stopwatch.GetTimestamp();
            await DrawAsync();
            LogDrawn(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            _drawn.SetResult();

            var plan = await FirstPlanAsync(stoppingToken);
            began = Stopwatch.GetTimestamp();
            await rehearsal.OpenAsync(plan, stoppingToken);
            LogRehearsed(plan, Stopwatch.GetElapsedTime(began).TotalMilliseconds);
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
            _drawn.TrySetResult();
            _rehearsed.SetResult();
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
        var parameters = new Dictionary<string, object?> { [nameof(WarmUpDocument.Review)] = InventedPlan.Review(time.GetUtcNow()) };
        await new RazorComponentResult<WarmUpDocument>(parameters).ExecuteAsync(Nobody.RequestOf("/approvals/plans/invented", scope.ServiceProvider, CancellationToken.None));
    }

    private async Task<PlanId> FirstPlanAsync(CancellationToken stoppingToken)
    {
        var waiting = await store.ListAsync(new PlanQuery { Statuses = [PlanStatus.Pending], Limit = 1 }, stoppingToken);
        return waiting.Plans is [var first] ? first.Id : await _announced.Task.WaitAsync(stoppingToken);
    }

    [LoggerMessage(LogLevel.Debug, "An invented plan was drawn to get the approval pages ready, in {Milliseconds:0} ms")]
    private partial void LogDrawn(double milliseconds);

    [LoggerMessage(LogLevel.Debug, "The page of plan {Plan} was drawn before anybody came, in {Milliseconds:0} ms")]
    private partial void LogRehearsed(PlanId plan, double milliseconds);

    [LoggerMessage(LogLevel.Warning, "The approval pages could not be made ready beforehand; the first one will be slower")]
    private partial void LogFailed(Exception failure);
}
