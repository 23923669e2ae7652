namespace InfraGate.McpGateway.Guardrails;

/// <summary>How the guardrail acts and where it keeps its audit.</summary>
internal sealed record GuardrailOptions
{
    /// <summary>Among how many files the audit's size is shared out.</summary>
    public const int DefaultAuditFiles = 16;

    /// <summary>Replace known injection patterns as well as flag them (<c>INFRA_GATE_GUARD_INJECTION=redact</c>; default <c>flag</c>).</summary>
    public bool RedactInjection { get; init; }

    /// <summary>The folder of <c>audit.jsonl</c> (<c>INFRA_GATE_GUARD_AUDIT_ROOT</c>).</summary>
    public required string AuditRoot { get; init; }

    /// <summary>The size in bytes at which the audit file is put aside.</summary>
    public long AuditFileSize { get; init; } = 32 * 1024 * 1024;

    /// <summary>How many files are kept, the current one included; at least 2.</summary>
    public int AuditFiles { get; init; } = DefaultAuditFiles;
}
