namespace InfraGate.RealParts.Processes;

/// <summary>What a process wrote: all of it in a file, the last <see cref="KeptLines"/> lines in memory.</summary>
internal sealed class ProcessOutput(string logFile) : IDisposable
{
    private const int KeptLines = 2_000;

    private readonly Lock _gate = new();
    private readonly StreamWriter _log = new(logFile) { AutoFlush = true };
    private readonly Queue<string> _lines = new();
    private readonly List<(string Text, TaskCompletionSource<string> Found)> _waiting = [];
    private bool _closed;

    public string LogFile => logFile;

    public void Add(string? line)
    {
        if (line is null)
            return;
        lock (_gate)
        {
            if (_closed)
                return;
            _log.WriteLine(line);
            _lines.Enqueue(line);
            if (_lines.Count > KeptLines)
                _lines.Dequeue();
            foreach (var (text, found) in _waiting)
            {
                if (line.Contains(text, StringComparison.Ordinal))
                    found.TrySetResult(line);
            }
        }
    }

    public IReadOnlyList<string> RecentLines()
    {
        lock (_gate)
            return [.. _lines];
    }

    public Task<string> FirstLineWith(string text)
    {
        lock (_gate)
        {
            var already = _lines.FirstOrDefault(line => line.Contains(text, StringComparison.Ordinal));
            if (already is not null)
                return Task.FromResult(already);
            var found = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((text, found));
            return found.Task;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _closed = true;
            _log.Dispose();
        }
    }
}
