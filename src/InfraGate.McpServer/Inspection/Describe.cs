using InfraGate.McpServer.Kubernetes.Models;

namespace InfraGate.McpServer.Inspection;

/// <summary>Short words for parts of objects.</summary>
internal static class Describe
{
    /// <summary>Like "http 80 to 8080/TCP, node port 30080".</summary>
    public static string Port(ServicePort port) =>
        $"{(port.Name is null ? "" : $"{port.Name} ")}{port.Port}"
        + $"{(port.TargetPort is { } target && target.Number != port.Port ? $" to {target}" : "")}/{port.Protocol ?? "TCP"}"
        + (port.NodePort is { } nodePort ? $" node port {nodePort}" : "");
}
