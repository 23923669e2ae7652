using InfraGate.McpGateway.Calls;
using InfraGate.McpGateway.Configuration;
using InfraGate.McpGateway.Guardrails.Audit;
using InfraGate.McpGateway.Observability;

namespace InfraGate.McpGateway.Guardrails;

/// <summary>Registers the guardrail.</summary>
internal static class GuardrailSetup
{
    /// <summary>Adds the guardrail, its audit, and the stage that puts every tool call through it.</summary>
    public static IServiceCollection AddGuardrails(this IServiceCollection services, GatewayOptions options)
    {
        services.AddSingleton(new GuardrailOptions
        {
            AuditRoot = options.Storage.GuardAuditRoot,
            RedactInjection = options.RedactInjection,
            AuditFileSize = options.Storage.GuardAuditBytes / GuardrailOptions.DefaultAuditFiles,
        });
        services.AddSingleton<IGuardrailAudit, GuardrailAuditFile>();
        services.AddSingleton(provider => new Guardrail(
            provider.GetRequiredService<GuardrailOptions>(),
            provider.GetRequiredService<IGuardrailAudit>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<GatewayMetrics>().GuardrailFound));
        services.AddSingleton<IToolCallStage, GuardrailStage>();
        return services;
    }
}
