namespace InfraGate.DevIssuer.SignIn;

/// <summary>
/// Bounds guessing: at most <see cref="PerName"/> failures a name and <see cref="InAll"/> failures altogether within <see cref="Window"/>.
/// An attempt counts when it begins, so that parallel guesses cannot slip through, and stops counting when it succeeds.
/// </summary>
internal sealed class AttemptThrottle(TimeProvider time)
{
    public const int PerName = 5;
    public const int InAll = 50;

    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly LinkedList<(string Name, DateTimeOffset At)> _attempts = new();

    /// <summary>Null when the attempt may go on; otherwise how long to wait.</summary>
    public TimeSpan? TryBegin(string name)
    {
        var now = time.GetUtcNow();
        lock (_gate)
        {
            while (_attempts.First is { } oldest && now - oldest.Value.At >= Window)
            {
                _attempts.RemoveFirst();
            }

            var own = _attempts.Where(attempt => Same(attempt.Name, name)).ToList();
            if (own.Count >= PerName)
            {
                return own[0].At + Window - now;
            }

            if (_attempts.Count >= InAll)
            {
                return _attempts.First!.Value.At + Window - now;
            }

            _attempts.AddLast((name, now));
            return null;
        }
    }

    public void Succeeded(string name)
    {
        lock (_gate)
        {
            for (var node = _attempts.First; node is not null;)
            {
                var next = node.Next;
                if (Same(node.Value.Name, name))
                {
                    _attempts.Remove(node);
                }

                node = next;
            }
        }
    }

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
