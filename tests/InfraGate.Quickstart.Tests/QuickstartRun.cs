using InfraGate.RealParts.Files;
using InfraGate.RealParts.Processes;
using InfraGate.RealParts.Waiting;

namespace InfraGate.Quickstart.Tests;

/// <summary>The quickstart as a terminal starts it: a process group of its own, and a folder for temporary files in which nothing may be left.</summary>
internal sealed class QuickstartRun : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    private readonly TemporaryFolder _temporary = TemporaryFolder.Create("quickstart");

    private QuickstartRun(params string[] arguments)
    {
        // A test run in the background inherits "ignore Ctrl-C" from its shell; a terminal does not give that to what it starts.
        Process = RunningProcess.Start(new ProcessPlan("InfraGate.Quickstart", "setsid")
        {
            Arguments = ["env", "--default-signal=INT", "dotnet", ProductProcess.AssemblyOf("InfraGate.Quickstart"), .. arguments],
            Environment = new Dictionary<string, string?> { ["TMPDIR"] = _temporary.Path },
        });
    }

    public RunningProcess Process { get; }

    /// <summary>Everything it has said.</summary>
    public string Output => string.Join('\n', Process.RecentLines);

    public static QuickstartRun Start(params string[] arguments) => new(arguments);

    /// <summary>On ports that are free.</summary>
    public static QuickstartRun StartOnFreePorts(params string[] arguments) => new([.. arguments, "--gateway-port", "0", "--issuer-port", "0"]);

    public Task<string> WaitForLineAsync(string text) => Process.WaitForLineAsync(text, Deadline);

    public Task<int> WaitForExitAsync() => Process.WaitForExitAsync(Deadline);

    /// <summary>Fails when a process that it started still runs, or a folder that it made is still there.</summary>
    public async Task NothingShouldBeLeftAsync()
    {
        await Eventually.GetAsync(() => Task.FromResult(string.Join(", ", Descendants())), found => found.Length == 0, TimeSpan.FromSeconds(10), what: "no process left");
        Directory.EnumerateFileSystemEntries(_temporary.Path, "infragate-*").ShouldBeEmpty();
    }

    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        _temporary.Dispose();
    }

    /// <summary>Whatever runs with this run's folder for temporary files was started by it.</summary>
    private IEnumerable<string> Descendants()
    {
        var mark = $"TMPDIR={_temporary.Path}";
        foreach (var folder in Directory.EnumerateDirectories("/proc").Where(path => Path.GetFileName(path).All(char.IsAsciiDigit)))
        {
            if (ReadOrEmpty(Path.Combine(folder, "environ")).Split('\0').Contains(mark))
                yield return $"{Path.GetFileName(folder)} {ReadOrEmpty(Path.Combine(folder, "cmdline")).Replace('\0', ' ')}";
        }
    }

    private static string ReadOrEmpty(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            // It ended while it was looked at, or is somebody else's: not one of ours.
            return "";
        }
    }
}
