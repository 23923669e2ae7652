using System.Text.Json;
using InfraGate.McpGateway.Guardrails;
using InfraGate.McpGateway.Guardrails.Audit;
using ModelContextProtocol.Protocol;

namespace InfraGate.McpGateway.Tests.Guardrails;

/// <summary>A guardrail whose audit is kept in memory.</summary>
internal sealed class GuardrailBuilder : IGuardrailAudit
{
    public GuardrailBuilder(bool redactInjection = false) =>
        Guardrail = new Guardrail(new GuardrailOptions { AuditRoot = "unused", RedactInjection = redactInjection }, this, TimeProvider.System);

    public Guardrail Guardrail { get; }

    public List<GuardrailAuditEntry> Entries { get; } = [];

    public static GuardrailContext Context(params string[] untrusted) => new()
    {
        Subject = "alice",
        Client = "codex",
        SessionHash = GuardrailContext.HashSession("session"),
        PlanId = "20261120-abcd2345",
        Untrusted = untrusted.ToHashSet(StringComparer.Ordinal),
    };

    public static CallToolResult Result(object structured, string text = "ok") => new()
    {
        Content = [new TextContentBlock { Text = text }],
        StructuredContent = JsonSerializer.SerializeToElement(structured),
    };

    public void Record(GuardrailAuditEntry entry) => Entries.Add(entry);
}
