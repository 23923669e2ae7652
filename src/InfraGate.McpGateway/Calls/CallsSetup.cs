namespace InfraGate.McpGateway.Calls;

/// <summary>Registers the pipeline and the stages that belong to no other room.</summary>
internal static class CallsSetup
{
    /// <summary>Adds the pipeline; guardrails, approvals and the server add their stages themselves.</summary>
    public static IServiceCollection AddToolCalls(this IServiceCollection services)
    {
        services.AddSingleton<ToolCallPipeline>();
        services.AddSingleton<IToolCallStage, MeasureStage>();
        services.AddSingleton<IToolCallStage, ScopeStage>();
        services.AddSingleton<IToolCallStage, LimitStage>();
        services.AddSingleton<CallRateLimit>();
        return services;
    }
}
