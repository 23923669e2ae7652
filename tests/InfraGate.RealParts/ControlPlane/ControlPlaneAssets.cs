using InfraGate.RealParts.Files;
using InfraGate.RealParts.Processes;

namespace InfraGate.RealParts.ControlPlane;

/// <summary>The folder with etcd, kube-apiserver and kube-controller-manager; built on first use by <c>eng/kube-control-plane.sh</c>.</summary>
internal static class ControlPlaneAssets
{
    // Covers the first build on a busy machine; once built the script answers at once.
    private static readonly TimeSpan BuildDeadline = TimeSpan.FromMinutes(20);

    public static async Task<string> LocateAsync(CancellationToken cancellationToken = default)
    {
        await using var script = RunningProcess.Start(new ProcessPlan("kube-control-plane", RepositoryFolders.InRepository("eng", "kube-control-plane.sh"))
        {
            Environment = new Dictionary<string, string?> { ["KUBEBUILDER_ASSETS"] = Environment.GetEnvironmentVariable("KUBEBUILDER_ASSETS") },
        });
        if (await script.WaitForExitAsync(BuildDeadline, cancellationToken) != 0)
            throw script.Failure("could not prepare the control plane");
        return script.RecentLines[^1];
    }
}
