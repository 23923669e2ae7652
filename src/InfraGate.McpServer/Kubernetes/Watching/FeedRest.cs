namespace InfraGate.McpServer.Kubernetes.Watching;

/// <summary>When a feed that ended may start again: soon after a break, much later where it is refused.</summary>
internal sealed class FeedRest(FeedOptions options, TimeProvider time)
{
    private readonly Lock _gate = new();
    private long _since;
    private TimeSpan _length;
    private TimeSpan _next = options.FirstRest;

    public bool IsResting
    {
        get
        {
            lock (_gate)
            {
                return _length > TimeSpan.Zero && time.GetElapsedTime(_since) < _length;
            }
        }
    }

    public void After(KubernetesException failure)
    {
        if (failure.Failure is KubernetesFailure.Forbidden or KubernetesFailure.AdmissionDenied or KubernetesFailure.NotFound or KubernetesFailure.Invalid)
        {
            AfterRefusal();
            return;
        }

        lock (_gate)
        {
            (_since, _length) = (time.GetTimestamp(), _next);
            _next = _next * 2 < options.LongestRest ? _next * 2 : options.LongestRest;
        }
    }

    public void AfterRefusal()
    {
        lock (_gate)
        {
            (_since, _length) = (time.GetTimestamp(), options.Refused);
        }
    }

    /// <summary>A watch lived as long as it should.</summary>
    public void Recovered()
    {
        lock (_gate)
        {
            _next = options.FirstRest;
        }
    }
}
