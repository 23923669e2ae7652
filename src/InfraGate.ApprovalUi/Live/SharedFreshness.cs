using InfraGate.Plans;
using InfraGate.Plans.Approval;

namespace InfraGate.ApprovalUi.Live;

/// <summary>
/// The cluster's answer about each plan that somebody looks at, shared by all who look: a check costs a dry run of every target at the API server, and neither many people nor many tabs of one
/// may make more than one of them every few seconds.
/// </summary>
internal sealed class SharedFreshness(IPlanFreshness cluster, TimeProvider time)
{
    /// <summary>How many plans an answer is kept of at once.</summary>
    public const int MostPlans = 1024;

    private static readonly TimeSpan GoodFor = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly Lock _lock = new();
    private readonly Dictionary<PlanId, Task<Answer>> _answers = [];

    /// <summary>How many plans an answer is kept of now.</summary>
    public int Kept
    {
        get
        {
            lock (_lock)
            {
                return _answers.Count;
            }
        }
    }

    /// <summary>The answer that is under way or at most five seconds old; else a new one. Takes three seconds at most: then it is <see cref="FreshnessState.Unknown"/>.</summary>
    public async Task<Freshness> CheckAsync(PlanId id, CancellationToken cancellationToken = default) =>
        (await Shared(id).WaitAsync(cancellationToken)).Freshness;

    /// <summary>A new answer, for a decision that hangs on it. Whoever looks afterwards gets it as well.</summary>
    public async Task<Freshness> CheckAnewAsync(PlanId id, CancellationToken cancellationToken = default)
    {
        Task<Answer> answer;
        lock (_lock)
        {
            answer = Ask(id);
        }

        return (await answer.WaitAsync(cancellationToken)).Freshness;
    }

    private Task<Answer> Shared(PlanId id)
    {
        lock (_lock)
        {
            return _answers.TryGetValue(id, out var known) && IsGood(known) ? known : Ask(id);
        }
    }

    /// <summary>Asks on nobody's behalf: that one viewer leaves must not cost the others their answer.</summary>
    private Task<Answer> Ask(PlanId id)
    {
        if (_answers.Count >= MostPlans && !_answers.ContainsKey(id))
        {
            MakeRoom();
        }

        return _answers[id] = Task.Run(async () => new Answer(await cluster.CheckWithinAsync(id, Patience, time, CancellationToken.None), time.GetTimestamp()));
    }

    private void MakeRoom()
    {
        foreach (var (id, _) in _answers.Where(answer => !IsGood(answer.Value)).ToList())
        {
            _answers.Remove(id);
        }

        if (_answers.Count >= MostPlans)
        {
            // Whichever: to forget one costs a check more.
            _answers.Remove(_answers.Keys.First());
        }
    }

    /// <summary>A check that failed is not: the next viewer tries again.</summary>
    private bool IsGood(Task<Answer> answer) => !answer.IsCompleted || (answer.IsCompletedSuccessfully && time.GetElapsedTime(answer.Result.At) < GoodFor);

    private sealed record Answer(Freshness Freshness, long At);
}
