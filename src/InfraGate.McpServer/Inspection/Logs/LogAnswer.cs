namespace InfraGate.McpServer.Inspection.Logs;

/// <summary>The answer of get_pod_logs.</summary>
/// <param name="Lines">Oldest first.</param>
internal sealed record LogAnswer(string Namespace, string Pod, string? Container, bool? Previous, string Summary, IReadOnlyList<string> Lines);
