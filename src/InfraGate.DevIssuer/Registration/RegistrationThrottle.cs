namespace InfraGate.DevIssuer.Registration;

/// <summary>At most <see cref="PerMinute"/> registrations a minute: each is written to disk, and a flood would push out the clients in use.</summary>
internal sealed class RegistrationThrottle(TimeProvider time)
{
    public const int PerMinute = 60;

    private readonly Lock _gate = new();
    private readonly Queue<DateTimeOffset> _taken = new();

    /// <summary>Null when the registration may go on; otherwise how long to wait.</summary>
    public TimeSpan? TryTake()
    {
        var now = time.GetUtcNow();
        lock (_gate)
        {
            while (_taken.TryPeek(out var oldest) && now - oldest >= TimeSpan.FromMinutes(1))
            {
                _taken.Dequeue();
            }

            if (_taken.Count >= PerMinute)
            {
                return _taken.Peek() + TimeSpan.FromMinutes(1) - now;
            }

            _taken.Enqueue(now);
            return null;
        }
    }
}
