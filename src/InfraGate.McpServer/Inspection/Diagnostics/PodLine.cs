using InfraGate.McpServer.Kubernetes.Models;

namespace InfraGate.McpServer.Inspection.Diagnostics;

/// <summary>A Pod on one line.</summary>
internal sealed record PodLine(string Name, string State, bool Ready, int Restarts, string? Node)
{
    public static PodLine Of(Pod pod)
    {
        var state = PodState.Of(pod.Status, pod.Metadata.DeletionTimestamp is not null);
        return new PodLine(pod.Metadata.Name, state.Word, state.Ready, state.Restarts, pod.Spec.NodeName);
    }

    /// <summary>Troubled first, then by name.</summary>
    public static IReadOnlyList<PodLine> Of(IEnumerable<Pod> pods) =>
        [.. pods.Select(Of).OrderBy(line => line.Ready).ThenByDescending(line => line.Restarts).ThenBy(line => line.Name, StringComparer.Ordinal)];
}
