using InfraGate.Sandbox.Storage;

namespace InfraGate.Sandbox.Controllers;

/// <summary>Runs every controller on a queue of its own. A step that fails is logged and tried again.</summary>
internal sealed partial class ControllerRunner(
    ObjectStore store,
    IEnumerable<Controller> controllers,
    TimeProvider time,
    ILogger<ControllerRunner> logger) : BackgroundService
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(250);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(controllers.Select(controller => Task.Run(() => RunAsync(controller, stoppingToken), stoppingToken)));

    private async Task RunAsync(Controller controller, CancellationToken stopping)
    {
        var queue = new WorkQueue(time);
        using var subscription = store.Listen(write =>
        {
            foreach (var key in controller.Concerned(write))
            {
                queue.Add(key);
            }
        });
        foreach (var existing in store.Everything())
        {
            foreach (var key in controller.Concerned(new StoreEvent(existing.Revision, null, existing)))
            {
                queue.Add(key);
            }
        }

        while (!stopping.IsCancellationRequested)
        {
            var key = await queue.TakeAsync(stopping);
            if (Step(controller, key) is { } again)
            {
                queue.Add(key, again);
            }
        }
    }

    private TimeSpan? Step(Controller controller, ObjectKey key)
    {
        try
        {
            return controller.Reconcile(key);
        }
        catch (Exception failure)
        {
            LogFailure(failure, controller.GetType().Name, key.Type, key.Namespace, key.Name);
            return RetryDelay;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Controller} failed on {Type} {Namespace}/{Name}; it will try again.")]
    private partial void LogFailure(Exception failure, string controller, Resources.ResourceType type, string @namespace, string name);
}
