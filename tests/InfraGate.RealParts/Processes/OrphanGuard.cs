using System.Diagnostics;

namespace InfraGate.RealParts.Processes;

/// <summary>
/// A small helper process that outlives a killed test host just long enough to end the processes and remove the folders it left behind.
/// Within a normal run every fixture cleans up after itself and the guard has nothing to do.
/// </summary>
internal sealed class OrphanGuard
{
    private readonly Lock _gate = new();
    private readonly Process _guard;

    private OrphanGuard()
    {
        using var script = typeof(OrphanGuard).Assembly.GetManifestResourceStream("orphan-guard.sh")
            ?? throw new InvalidOperationException("The guard's script is missing from the assembly.");
        using var reader = new StreamReader(script);
        // A session of its own, so that a signal to the test host's process group does not reach it.
        var start = new ProcessStartInfo("setsid", ["bash", "-c", reader.ReadToEnd()])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _guard = Process.Start(start) ?? throw new InvalidOperationException("setsid did not start.");
    }

    public static OrphanGuard Instance => LazyInstance.Value;

    private static Lazy<OrphanGuard> LazyInstance { get; } = new(() => new OrphanGuard());

    public void EndWhenOrphaned(int processId) => Tell($"process {processId}");

    public void RemoveWhenOrphaned(string folder) => Tell($"folder {folder}");

    public void Forget(int processId) => Tell($"forget {processId}");

    public void Forget(string folder) => Tell($"forget {folder}");

    private void Tell(string line)
    {
        lock (_gate)
        {
            _guard.StandardInput.WriteLine(line);
            _guard.StandardInput.Flush();
        }
    }
}
