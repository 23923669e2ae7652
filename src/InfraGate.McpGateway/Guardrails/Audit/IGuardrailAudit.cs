namespace InfraGate.McpGateway.Guardrails.Audit;

/// <summary>Where findings are recorded.</summary>
internal interface IGuardrailAudit
{
    /// <summary>Records an entry; when it returns, the operating system has it.</summary>
    /// <exception cref="GuardrailAuditException">The entry could not be recorded. What it is about must then not go on.</exception>
    void Record(GuardrailAuditEntry entry);
}
