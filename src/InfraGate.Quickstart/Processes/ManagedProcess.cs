using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace InfraGate.Quickstart.Processes;

/// <summary>One program that the quickstart runs: started with its own environment, known by its ready line, ended together with the rest.</summary>
internal sealed class ManagedProcess : IAsyncDisposable
{
    private const string ReadyPrefix = "listening on ";
    private const int KeptLines = 40;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private readonly Process _process;
    private readonly StreamWriter _log;
    private readonly ConcurrentQueue<string> _last = new();
    private readonly TaskCompletionSource<Uri> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ManagedProcess(string name, Process process, StreamWriter log)
    {
        Name = name;
        _process = process;
        _log = log;
    }

    /// <summary>What people call it.</summary>
    public string Name { get; }

    /// <summary>The address from its ready line.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1/");

    /// <summary>The process id.</summary>
    public int Id => _process.Id;

    /// <summary>Completes when the process ends, for whatever reason.</summary>
    public Task Ended => _process.WaitForExitAsync();

    /// <summary>Starts a program and waits until it says that it listens.</summary>
    /// <exception cref="QuickstartException">It ended, or did not become ready in time; the message holds its last words.</exception>
    public static async Task<ManagedProcess> StartAsync(ProgramStart start, string logFolder, CancellationToken cancellationToken)
    {
        var info = new ProcessStartInfo(start.Path) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, WorkingDirectory = start.WorkingDirectory };
        foreach (var argument in start.Arguments)
        {
            info.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in start.Environment)
        {
            info.Environment[name] = value;
        }

        var log = new StreamWriter(Path.Combine(logFolder, start.Name + ".log")) { AutoFlush = true };
        var process = new Process { StartInfo = info, EnableRaisingEvents = true };
        var managed = new ManagedProcess(start.Name, process, log);
        process.OutputDataReceived += (_, line) => managed.Take(line.Data);
        process.ErrorDataReceived += (_, line) => managed.Take(line.Data);
        process.Exited += (_, _) => managed._ready.TrySetException(new QuickstartException($"{start.Name} ended before it was ready."));
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            managed.Address = await managed._ready.Task.WaitAsync(Patience, cancellationToken);
            return managed;
        }
        catch (Exception exception) when (exception is TimeoutException or QuickstartException)
        {
            var words = managed.LastWords();
            await managed.DisposeAsync();
            throw new QuickstartException($"{start.Name} did not become ready. The last it said:\n{words}");
        }
        catch
        {
            // Told to stop while it was starting: what is not yet in anybody's hands must not outlive this.
            await managed.DisposeAsync();
            throw;
        }
    }

    /// <summary>The resident memory in bytes.</summary>
    public long ResidentBytes()
    {
        _process.Refresh();
        return _process.WorkingSet64;
    }

    /// <summary>The last lines it wrote.</summary>
    public string LastWords() => string.Join('\n', _last.Select(line => "  " + line));

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (!_process.HasExited)
            {
                _ = Terminate(_process.Id, SigTerm);
                using var limit = new CancellationTokenSource(Grace);
                await _process.WaitForExitAsync(limit.Token);
            }
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
        await _log.DisposeAsync();
    }

    private void Take(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_log)
        {
            if (_log.BaseStream?.CanWrite == true)
            {
                _log.WriteLine(line);
            }
        }

        _last.Enqueue(line);
        while (_last.Count > KeptLines)
        {
            _last.TryDequeue(out _);
        }

        if (line.StartsWith(ReadyPrefix, StringComparison.Ordinal) && Uri.TryCreate(line[ReadyPrefix.Length..].Trim(), UriKind.Absolute, out var address))
        {
            _ready.TrySetResult(address);
        }
    }

    private const int SigTerm = 15;

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Terminate(int pid, int signal);
}
