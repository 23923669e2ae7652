using InfraGate.McpServer.Kubernetes.Models;

namespace InfraGate.McpServer.Inspection;

/// <summary>A Pod in one word, as <c>kubectl get pods</c> shows it, but with NotReady told apart from Running.</summary>
internal readonly record struct PodState(string Word, bool Ready, int Restarts)
{
    public static PodState Of(PodStatus status, bool isDeleted)
    {
        var ready = status.Conditions?.Any(condition => condition is { Type: "Ready", Status: "True" }) ?? false;
        var restarts = 0;
        foreach (var container in status.ContainerStatuses ?? [])
        {
            restarts += container.RestartCount;
        }

        return new PodState(isDeleted ? "Terminating" : WordOf(status, ready), ready && !isDeleted, restarts);
    }

    private static string WordOf(PodStatus status, bool ready)
    {
        if (status.Reason is { Length: > 0 } reason)
        {
            return reason;
        }

        foreach (var container in status.InitContainerStatuses ?? [])
        {
            if (Trouble(container) is { } trouble && !container.Ready)
            {
                return $"Init:{trouble}";
            }
        }

        foreach (var container in status.ContainerStatuses ?? [])
        {
            if (Trouble(container) is { } trouble && status.Phase is not "Succeeded")
            {
                return trouble;
            }
        }

        return status.Phase switch
        {
            "Running" when !ready => "NotReady",
            "Pending" when IsUnschedulable(status) => "Unschedulable",
            null or "" => "Unknown",
            var phase => phase,
        };
    }

    private static bool IsUnschedulable(PodStatus status) =>
        status.Conditions?.Any(condition => condition is { Type: "PodScheduled", Status: "False", Reason: "Unschedulable" }) ?? false;

    private static string? Trouble(ContainerStatus container) => container.State switch
    {
        { Waiting.Reason: { Length: > 0 } reason } when reason is not ("ContainerCreating" or "PodInitializing") => reason,
        { Waiting: not null, Terminated: null } => null,
        { Terminated: { ExitCode: not 0 } terminated } => terminated.Reason ?? "Error",
        _ => null,
    };
}
