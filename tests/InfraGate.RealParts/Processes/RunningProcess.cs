using System.Diagnostics;
using InfraGate.RealParts.Files;

namespace InfraGate.RealParts.Processes;

/// <summary>
/// A started program: its output is kept (the last lines in memory, all of it in <c>TestResults/logs</c>), and it never outlives the test host.
/// </summary>
public sealed class RunningProcess : IAsyncDisposable
{
    private static readonly string[] InheritedVariables =
        ["PATH", "HOME", "USER", "LOGNAME", "LANG", "TMPDIR", "XDG_CACHE_HOME", "DOTNET_ROOT", "DOTNET_CLI_HOME", "DOTNET_NOLOGO", "NUGET_PACKAGES"];

    private static int _count;

    private readonly Process _process;
    private readonly ProcessOutput _output;

    private RunningProcess(string name, Process process, ProcessOutput output)
    {
        Name = name;
        _process = process;
        _output = output;
    }

    public string Name { get; }

    public int Pid => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>Valid once the process has ended; 128 + signal number when a signal ended it.</summary>
    public int ExitCode => _process.ExitCode;

    public StreamWriter Input => _process.StandardInput;

    public string LogFile => _output.LogFile;

    /// <summary>The last lines that the process wrote to standard output and error, oldest first.</summary>
    public IReadOnlyList<string> RecentLines => _output.RecentLines();

    /// <summary>Resident memory in bytes, from /proc; 0 once the process has ended.</summary>
    public long ResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.HasExited ? 0 : _process.WorkingSet64;
        }
    }

    public static RunningProcess Start(ProcessPlan plan)
    {
        var start = new ProcessStartInfo(plan.FileName, plan.Arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = plan.WorkingDirectory ?? Path.GetTempPath(),
        };
        FillEnvironment(start, plan.Environment);

        var output = new ProcessOutput(Path.Combine(RepositoryFolders.Logs, $"{plan.Name}-{Environment.ProcessId}-{Interlocked.Increment(ref _count)}.log"));
        var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => output.Add(line.Data);
        process.ErrorDataReceived += (_, line) => output.Add(line.Data);
        try
        {
            process.Start();
        }
        catch
        {
            process.Dispose();
            output.Dispose();
            throw;
        }
        OrphanGuard.Instance.EndWhenOrphaned(process.Id);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        if (!plan.KeepInputOpen)
            process.StandardInput.Close();
        return new RunningProcess(plan.Name, process, output);
    }

    /// <summary>Waits until a line holds <paramref name="text"/> and returns that line.</summary>
    /// <exception cref="ProcessFailedException">The process ended, or the deadline passed, before; carries the last lines.</exception>
    public async Task<string> WaitForLineAsync(string text, TimeSpan deadline, CancellationToken cancellationToken = default)
    {
        var line = _output.FirstLineWith(text);
        var exit = _process.WaitForExitAsync(cancellationToken);
        var first = await Task.WhenAny(line, exit, Task.Delay(deadline, cancellationToken));
        cancellationToken.ThrowIfCancellationRequested();
        if (line.IsCompletedSuccessfully)
            return await line;
        throw Failure(first == exit ? $"ended with {ExitCode} before it said \"{text}\"" : $"did not say \"{text}\" within {deadline.TotalSeconds:0.#} s");
    }

    public async Task<int> WaitForExitAsync(TimeSpan deadline, CancellationToken cancellationToken = default)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(deadline);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Failure($"did not end within {deadline.TotalSeconds:0.#} s");
        }
        OrphanGuard.Instance.Forget(Pid);
        return ExitCode;
    }

    public void Send(Signal signal) => Signals.Send(Pid, signal);

    /// <summary>Signals the whole process group, as a terminal does at Ctrl-C. The process must lead a group of its own, e.g. started by <c>setsid</c>.</summary>
    public void SendToGroup(Signal signal) => Signals.Send(-Pid, signal);

    /// <summary>Asks with SIGTERM, and ends it with SIGKILL when it has not gone within <paramref name="grace"/>.</summary>
    public async Task StopAsync(TimeSpan grace)
    {
        if (_process.HasExited)
            return;
        Send(Signal.Terminate);
        using var limit = new CancellationTokenSource(grace);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            await KillAsync();
        }
    }

    /// <summary>Ends it with SIGKILL, and everything it has started.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    /// <summary>An exception that says what is wrong with this process and quotes its last lines.</summary>
    public ProcessFailedException Failure(string what) =>
        new($"{Name} {what}. Log: {LogFile}\n{string.Join('\n', RecentLines.TakeLast(25))}");

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        OrphanGuard.Instance.Forget(Pid);
        _process.Dispose();
        _output.Dispose();
    }

    private static void FillEnvironment(ProcessStartInfo start, IReadOnlyDictionary<string, string?> wanted)
    {
        start.Environment.Clear();
        foreach (var name in InheritedVariables)
        {
            if (Environment.GetEnvironmentVariable(name) is { } value)
                start.Environment[name] = value;
        }
        foreach (var (name, value) in wanted)
            start.Environment[name] = value;
    }
}
