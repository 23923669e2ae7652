using InfraGate.Bench.Processes;

namespace InfraGate.Bench.Load;

/// <summary>Adds up the processor time that some processes spend between starts and stops.</summary>
internal sealed class CpuMeter(IReadOnlyList<WatchedProcess> processes)
{
    private readonly double[] _startedAt = new double[processes.Count];
    private readonly double[] _spent = new double[processes.Count];

    /// <summary>Counts from here.</summary>
    public void Start()
    {
        for (var i = 0; i < processes.Count; i++)
            _startedAt[i] = processes[i].CpuSeconds();
    }

    /// <summary>Counts no further.</summary>
    public void Stop()
    {
        for (var i = 0; i < processes.Count; i++)
            _spent[i] += processes[i].CpuSeconds() - _startedAt[i];
    }

    /// <summary>CPU seconds per thousand of a number of calls, by process.</summary>
    public IReadOnlyDictionary<string, double> PerThousand(int calls) =>
        processes.Select((process, index) => (process.Role, Seconds: _spent[index])).ToDictionary(item => item.Role, item => calls == 0 ? 0 : item.Seconds * 1000 / calls);

    /// <summary>The processes' memory now, in MiB.</summary>
    public IReadOnlyDictionary<string, double> ResidentMiB() => processes.ToDictionary(process => process.Role, process => process.ResidentMiB());
}
