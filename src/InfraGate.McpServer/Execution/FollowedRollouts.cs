using InfraGate.McpServer.Kubernetes;
using InfraGate.Plans;
using InfraGate.Plans.Storage;
using Microsoft.Extensions.Logging;

namespace InfraGate.McpServer.Execution;

/// <summary>
/// The applied plans whose rollouts this process follows in the background, after the calls that applied them were answered. Nobody waits for them, least of all the end of the
/// process; a process that comes after this one does not take them up again.
/// </summary>
internal sealed partial class FollowedRollouts(IPlanStore store, TimeProvider time, ILogger logger)
{
    /// <summary>How many plans are followed at a time; beyond that the oldest is let go.</summary>
    public const int Most = 32;

    private readonly Lock _lock = new();
    private readonly List<Followed> _followed = [];
    private bool _isStopped;

    /// <summary>How many plans are followed now.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _followed.Count;
            }
        }
    }

    /// <summary>Goes on with rollouts that are not over.</summary>
    /// <param name="client">As who they are looked at.</param>
    /// <param name="plan">The applied plan.</param>
    /// <param name="recorded">The rollouts as they are on record.</param>
    public void Follow(NamespaceClient client, PlanId plan, IReadOnlyList<RolloutReport> recorded)
    {
        if (!RolloutFollower.IsUnfinished(recorded))
        {
            return;
        }

        var followed = new Followed(plan);
        lock (_lock)
        {
            if (_isStopped)
            {
                return;
            }

            LetGo(_followed.FindIndex(other => other.Plan == plan));
            if (_followed.Count == Most)
            {
                LetGo(0);
            }

            _followed.Add(followed);
        }

        _ = Task.Run(() => RunAsync(followed, new RolloutFollower(client, plan, recorded, store, time, logger)), CancellationToken.None);
    }

    /// <summary>Ends all of it at once, and takes up nothing more.</summary>
    public void Stop()
    {
        lock (_lock)
        {
            _isStopped = true;
            while (_followed.Count > 0)
            {
                LetGo(0);
            }
        }
    }

    private void LetGo(int index)
    {
        if (index >= 0)
        {
            // Not by whoever holds the lock: a cancellation runs what waits for it.
            _ = _followed[index].Stop.CancelAsync();
            _followed.RemoveAt(index);
        }
    }

    private async Task RunAsync(Followed followed, RolloutFollower follower)
    {
        var stop = followed.Stop.Token;
        try
        {
            await follower.RunAsync(stop);
        }
        catch (Exception) when (stop.IsCancellationRequested)
        {
            // The process ends, and with it perhaps the connection in use; or newer plans took the place.
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            LogGivenUp(logger, followed.Plan, exception);
        }
        finally
        {
            lock (_lock)
            {
                _followed.Remove(followed);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The rollout of plan {Plan}, which is applied, is no longer followed")]
    private static partial void LogGivenUp(ILogger logger, PlanId plan, Exception exception);

    private sealed class Followed(PlanId plan)
    {
        public PlanId Plan => plan;

        // Without a timer or a link there is nothing in it to dispose of.
        public CancellationTokenSource Stop { get; } = new();
    }
}
