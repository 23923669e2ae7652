using InfraGate.McpServer.Tools;

namespace InfraGate.McpServer.Execution;

/// <summary>Tells every caller that waits for the same plan how far it is. A late one hears the last word first.</summary>
internal sealed class ProgressBroadcast : IProgress<ToolProgress>
{
    private readonly Lock _lock = new();
    private readonly List<IProgress<ToolProgress>> _listeners = [];
    private ToolProgress? _last;
    private int _step;

    public void Add(IProgress<ToolProgress> listener)
    {
        lock (_lock)
        {
            _listeners.Add(listener);
            if (_last is { } last)
            {
                listener.Report(last);
            }
        }
    }

    public void Report(string message) => Report(new ToolProgress(0, Total: null, message));

    /// <summary>The steps are numbered here: they must grow over all phases of an apply.</summary>
    public void Report(ToolProgress value)
    {
        lock (_lock)
        {
            var numbered = value with { Step = ++_step };
            _last = numbered;
            foreach (var listener in _listeners)
            {
                listener.Report(numbered);
            }
        }
    }
}
