using InfraGate.RealParts.Files;

namespace InfraGate.RealParts.Processes;

/// <summary>A built process of the product, started as a user's machine would start it, on ports that it picks itself.</summary>
public sealed class ProductProcess : IAsyncDisposable
{
    private const string ReadyLine = "listening on http://";
    private static readonly TimeSpan ReadyDeadline = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(15);

    private ProductProcess(RunningProcess process, Uri baseAddress)
    {
        Process = process;
        BaseAddress = baseAddress;
    }

    /// <summary>The process itself: output, signals, exit code.</summary>
    public RunningProcess Process { get; }

    /// <summary>What it said that it listens on, e.g. <c>http://127.0.0.1:43127/</c>.</summary>
    public Uri BaseAddress { get; }

    public int Pid => Process.Pid;

    public long ResidentBytes => Process.ResidentBytes;

    /// <summary>The built program of a project, from the same configuration as the tests. Start it with <c>dotnet PATH</c>.</summary>
    /// <exception cref="FileNotFoundException">It has not been built.</exception>
    public static string AssemblyOf(string project)
    {
        var path = RepositoryFolders.InRepository("src", project, "bin", RepositoryFolders.Configuration, "net10.0", $"{project}.dll");
        return File.Exists(path) ? path : throw new FileNotFoundException($"{project} has not been built in configuration {RepositoryFolders.Configuration}.", path);
    }

    /// <summary>Starts a project that says <c>listening on http://…</c> once it is ready, and waits for that.</summary>
    /// <exception cref="ProcessFailedException">It ended or did not become ready in time; it is gone then.</exception>
    public static async Task<ProductProcess> StartAsync(
        string project,
        IReadOnlyDictionary<string, string?> environment,
        IReadOnlyList<string>? arguments = null,
        string? workingDirectory = null,
        TimeSpan? readyDeadline = null,
        CancellationToken cancellationToken = default)
    {
        var process = Launch(project, environment, arguments, workingDirectory);
        try
        {
            var line = await process.WaitForLineAsync(ReadyLine, readyDeadline ?? ReadyDeadline, cancellationToken);
            var address = line[line.IndexOf("http://", StringComparison.Ordinal)..].Split(' ')[0];
            return new ProductProcess(process, new Uri(address));
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts a project and waits for nothing: for subcommands, and for starts that are meant to fail.</summary>
    public static RunningProcess Launch(
        string project,
        IReadOnlyDictionary<string, string?> environment,
        IReadOnlyList<string>? arguments = null,
        string? workingDirectory = null) => RunningProcess.Start(new ProcessPlan(project, "dotnet")
        {
            Arguments = [AssemblyOf(project), .. arguments ?? []],
            // A developer's machine; tests of Production say so.
            Environment = new Dictionary<string, string?> { ["ASPNETCORE_ENVIRONMENT"] = "Development" }.Concat(environment)
                .GroupBy(pair => pair.Key).ToDictionary(pair => pair.Key, pair => pair.Last().Value),
            WorkingDirectory = workingDirectory,
        });

    /// <summary>Sends SIGTERM (SIGKILL when that does not help within 15 s) and returns the exit code.</summary>
    public async Task<int> StopAsync()
    {
        await Process.StopAsync(StopGrace);
        return Process.ExitCode;
    }

    /// <summary>SIGKILL, as a crash would.</summary>
    public Task KillAsync() => Process.KillAsync();

    public async ValueTask DisposeAsync()
    {
        await Process.StopAsync(StopGrace);
        await Process.DisposeAsync();
    }
}
