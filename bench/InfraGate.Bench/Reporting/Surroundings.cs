using System.Diagnostics;
using System.Runtime.InteropServices;
using InfraGate.Bench.Beds;

namespace InfraGate.Bench.Reporting;

/// <summary>The machine, the versions and the sizes of a run.</summary>
internal sealed record Surroundings(
    DateTimeOffset At, string Processor, int Cores, double MemoryGiB, string System, string Runtime, string Kubernetes, string Peer, string Build, string Commit, string LoadBefore, MeasurePlan Plan)
{
    private const string PeerVersion = "kubernetes-mcp-server 0.0.67 (npm), no authentication; \"limit lifted\" has KUBE_CLIENT_QPS and KUBE_CLIENT_BURST set to 100000, else client-go's 5 a second";

    /// <summary>Looks around.</summary>
    public static async Task<Surroundings> ReadAsync(Bed bed, Programs programs, TimeProvider time)
    {
        var version = await bed.Admin.GetAsync("/version");
        return new Surroundings(
            time.GetUtcNow(),
            FirstValue("/proc/cpuinfo", "model name"),
            Environment.ProcessorCount,
            GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1024.0 * 1024 * 1024),
            RuntimeInformation.OSDescription,
            RuntimeInformation.FrameworkDescription,
            $"Kubernetes {version["gitVersion"]}, etcd in memory",
            PeerVersion,
            programs.Description,
            await CommitAsync(),
            (await File.ReadAllTextAsync("/proc/loadavg")).Split(' ')[0],
            bed.Plan);
    }

    private static string FirstValue(string file, string name) =>
        File.ReadLines(file).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))?.Split(':', 2)[1].Trim() ?? "unknown";

    private static async Task<string> CommitAsync()
    {
        using var git = Process.Start(new ProcessStartInfo("git", ["describe", "--always", "--dirty"])
        {
            WorkingDirectory = RealParts.Files.RepositoryFolders.Root,
            UseShellExecute = false,
            RedirectStandardOutput = true,
        }) ?? throw new BenchException("git did not start.");
        var said = await git.StandardOutput.ReadToEndAsync();
        await git.WaitForExitAsync();
        return git.ExitCode == 0 ? said.Trim() : "unknown";
    }
}
