namespace InfraGate.Sandbox.Logs;

/// <summary>
/// What a container has written, made up from when it started and what it is, so that the same question always gets the same lines
/// and millions of them need no memory.
/// </summary>
internal sealed class ContainerLog
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);
    private static readonly string[] Paths = ["/", "/index.html", "/healthz", "/assets/app.css", "/assets/app.js", "/api/items?page=2", "/favicon.ico"];
    private static readonly string[] Agents = ["kube-probe/1.30", "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "curl/8.5.0"];

    private readonly IReadOnlyList<string> _first;
    private readonly IReadOnlyList<string> _last;
    private readonly int _history;
    private readonly DateTimeOffset _started;
    private readonly long _ticks;

    /// <summary>A log from <paramref name="started"/> to <paramref name="until"/>: first lines, access lines, last lines.</summary>
    public ContainerLog(IReadOnlyList<string> first, IReadOnlyList<string> last, int history, DateTimeOffset started, DateTimeOffset until)
    {
        _first = first;
        _last = last;
        _history = history;
        _started = started;
        _ticks = Math.Max(0, (until - started).Ticks / Interval.Ticks);
    }

    public long Count => _first.Count + _history + _ticks + _last.Count;

    /// <summary>The line at an index below <see cref="Count"/>, with its time.</summary>
    public (DateTimeOffset Time, string Text) this[long index]
    {
        get
        {
            if (index < _first.Count)
            {
                return (_started, _first[(int)index]);
            }

            index -= _first.Count;
            if (index < _history)
            {
                var burst = _started.AddTicks(index * 100);
                return (burst, AccessLine(index, burst));
            }

            index -= _history;
            var time = _started + (Interval * (index + 1));
            return index < _ticks ? (time, AccessLine(index + _history, time)) : (_started + (Interval * _ticks), _last[(int)(index - _ticks)]);
        }
    }

    private static string AccessLine(long index, DateTimeOffset time)
    {
        var path = Paths[index * 7 % 13 % Paths.Length];
        var status = index % 17 == 16 ? 404 : index % 5 == 4 ? 304 : 200;
        var stamp = time.UtcDateTime.ToString("dd/MMM/yyyy:HH:mm:ss +0000", System.Globalization.CultureInfo.InvariantCulture);
        return $"10.244.{index % 3}.{(index % 250) + 1} - - [{stamp}] \"GET {path} HTTP/1.1\" {status} {(status == 200 ? 615 + (index % 900) : 0)} \"-\" \"{Agents[index % Agents.Length]}\"";
    }
}
