namespace InfraGate.McpGateway.Guardrails.Audit;

/// <summary>A finding could not be recorded.</summary>
internal sealed class GuardrailAuditException(string message, Exception inner) : Exception(message, inner);
