using System.Diagnostics;
using InfraGate.Quickstart.Processes;
using InfraGate.RealParts.Waiting;

namespace InfraGate.Bench.Soak.Faults;

/// <summary>Breaks one thing after another while clients go on, and waits each time until InfraGate is ready again.</summary>
internal sealed class FaultSchedule(SoakBed bed, AnswerBook answers, Action<string> say)
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan HoldTime = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RecoveryDeadline = TimeSpan.FromSeconds(90);

    private readonly Dictionary<string, int> _counts = [];

    /// <summary>How often each fault was made.</summary>
    public IReadOnlyDictionary<string, int> Counts => _counts;

    /// <summary>The longest time that InfraGate needed to be ready again after a fault had ended.</summary>
    public TimeSpan SlowestRecovery { get; private set; }

    /// <summary>Makes faults in turn until <paramref name="end"/> is cancelled; one that has begun is ended.</summary>
    public async Task RunAsync(CancellationToken end)
    {
        (string Name, Func<Task<Func<bool>>> Make)[] faults =
        [
            ("the server is killed", KillServerAsync),
            ("the API server is stopped and started", RestartApiServerAsync),
            ("the disk of the approval root is full", FillDiskAsync),
            ("the clock jumps", JumpClockAsync),
        ];
        for (var turn = 0; await PauseAsync(Between, end); turn++)
        {
            var (name, make) = faults[turn % faults.Length];
            say(name);
            answers.Fault = name;
            var isRepaired = await make();
            _counts[name] = _counts.GetValueOrDefault(name) + 1;
            var begun = Stopwatch.GetTimestamp();
            await Eventually.TrueAsync(async () => isRepaired() && await bed.Gateway.IsReadyAsync(), RecoveryDeadline);
            answers.Fault = null;
            SlowestRecovery = TimeSpan.FromTicks(Math.Max(SlowestRecovery.Ticks, Stopwatch.GetElapsedTime(begun).Ticks));
        }
    }

    // Readiness counts only once there is another server: for a moment the gateway does not know yet that its own is gone.
    private Task<Func<bool>> KillServerAsync()
    {
        var killed = ProcessTree.ChildrenOf(bed.Gateway.Process.Pid);
        foreach (var child in killed)
        {
            using var process = Process.GetProcessById(child);
            process.Kill();
        }
        return Task.FromResult<Func<bool>>(() => ProcessTree.ChildrenOf(bed.Gateway.Process.Pid).Except(killed).Any());
    }

    private async Task<Func<bool>> RestartApiServerAsync()
    {
        await bed.Cluster.CrashApiServerAsync();
        await PauseAsync(HoldTime, CancellationToken.None);
        await bed.Cluster.RestartApiServerAsync();
        return static () => true;
    }

    private async Task<Func<bool>> FillDiskAsync()
    {
        using var disk = FullDisk.Make(bed.SmallDisk, bed.Gateway.ApprovalRoot);
        await PauseAsync(HoldTime, CancellationToken.None);
        return static () => true;
    }

    private async Task<Func<bool>> JumpClockAsync()
    {
        await ClockJump.MakeAsync(bed.Gateway.ApprovalRoot, bed.Namespace);
        return static () => true;
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
