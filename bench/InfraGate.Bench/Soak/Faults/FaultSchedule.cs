using InfraGate.Quickstart.Processes;
using InfraGate.RealParts.Waiting;
using System.Diagnostics;

namespace InfraGate.Bench.Soak.Faults;

/// <summary>Breaks one thing after another while clients go on, and waits each time until InfraGate is ready again.</summary>
internal sealed class FaultSchedule(SoakBed bed, Action<string> say)
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan HoldTime = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan RecoveryDeadline = TimeSpan.FromSeconds(90);

    private readonly Dictionary<string, int> _counts = [];

    /// <summary>How often each fault was made.</summary>
    public IReadOnlyDictionary<string, int> Counts => _counts;

    /// <summary>The longest time that InfraGate needed to be ready again after a fault had ended.</summary>
    public TimeSpan SlowestRecovery { get; private set; }

    /// <summary>Makes faults in turn until <paramref name="end"/> is cancelled; one that has begun is ended.</summary>
    public async Task RunAsync(CancellationToken end)
    {
        (string Name, Func<Task> Make)[] faults =
        [
            ("the server is killed", KillServerAsync),
            ("the API server is stopped and started", RestartApiServerAsync),
            ("the disk of the approval root is full", FillDiskAsync),
            ("the clock jumps", () => ClockJump.MakeAsync(bed.Gateway.ApprovalRoot, bed.Namespace)),
        ];
        for (var turn = 0; await PauseAsync(Between, end); turn++)
        {
            var (name, make) = faults[turn % faults.Length];
            say(name);
            await make();
            _counts[name] = _counts.GetValueOrDefault(name) + 1;
            var begun = Stopwatch.GetTimestamp();
            await Eventually.TrueAsync(bed.Gateway.IsReadyAsync, RecoveryDeadline);
            SlowestRecovery = TimeSpan.FromTicks(Math.Max(SlowestRecovery.Ticks, Stopwatch.GetElapsedTime(begun).Ticks));
        }
    }

    private Task KillServerAsync()
    {
        foreach (var child in ProcessTree.ChildrenOf(bed.Gateway.Process.Pid))
        {
            using var process = Process.GetProcessById(child);
            process.Kill();
        }
        return Task.CompletedTask;
    }

    private async Task RestartApiServerAsync()
    {
        await bed.Cluster.CrashApiServerAsync();
        await PauseAsync(HoldTime, CancellationToken.None);
        await bed.Cluster.RestartApiServerAsync();
    }

    private async Task FillDiskAsync()
    {
        using var disk = FullDisk.Make(bed.SmallDisk);
        await PauseAsync(HoldTime, CancellationToken.None);
    }

    private static async Task<bool> PauseAsync(TimeSpan time, CancellationToken end)
    {
        try
        {
            await Task.Delay(time, end);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
