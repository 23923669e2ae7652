namespace InfraGate.RealParts.Faults;

/// <summary>A fault for the n-th request that a predicate matches. Tests wait for <see cref="Hit"/> instead of guessing when it happens.</summary>
public sealed class FaultRule(Func<ProxiedRequest, bool> matches, FaultAction action)
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource<ProxiedRequest> _hit = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _matched;

    public FaultAction Action => action;

    /// <summary>Which matching request is the first to suffer; 1 is the first.</summary>
    public int Nth { get; init; } = 1;

    /// <summary>How many suffer, from the n-th on.</summary>
    public int Times { get; init; } = 1;

    /// <summary>For <see cref="FaultAction.Delay"/>.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>For <see cref="FaultAction.Answer"/>.</summary>
    public int Status { get; init; } = 503;

    public string Body { get; init; } = "";

    /// <summary>Headers of the answer, e.g. <c>Retry-After</c>.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Completes when the fault first strikes; for all but those that strike before, once the server
    /// behind has answered.</summary>
    public Task<ProxiedRequest> Hit => _hit.Task;

    internal Task Released => _released.Task;

    /// <summary>Lets what is held go on.</summary>
    public void Release() => _released.TrySetResult();

    internal bool Strikes(ProxiedRequest request)
    {
        if (!matches(request))
            return false;
        lock (_gate)
        {
            _matched++;
            return _matched >= Nth && _matched - Nth < Times;
        }
    }

    internal void ReportHit(ProxiedRequest request) => _hit.TrySetResult(request);
}
