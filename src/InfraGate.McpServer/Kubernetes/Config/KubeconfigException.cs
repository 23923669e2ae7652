namespace InfraGate.McpServer.Kubernetes.Config;

/// <summary>A kubeconfig cannot be used. The message names file, entry and cure, and quotes no credential.</summary>
internal sealed class KubeconfigException(string message, Exception? inner = null) : Exception(message, inner);
