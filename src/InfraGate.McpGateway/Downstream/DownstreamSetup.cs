using InfraGate.McpGateway.Calls;

namespace InfraGate.McpGateway.Downstream;

/// <summary>Registers the supervised server process.</summary>
internal static class DownstreamSetup
{
    /// <summary>Adds the supervisor, which starts with the host and ends last, and the stage that asks the server.</summary>
    public static IServiceCollection AddDownstreamServer(this IServiceCollection services)
    {
        services.AddSingleton<ServerProgram>();
        services.AddSingleton<ServerEnvironment>();
        services.AddSingleton(EarlyServer.None());
        services.AddSingleton<StderrRelay>();
        services.AddSingleton<ToolCatalogSource>();
        services.AddSingleton<ServerSupervisor>();
        services.AddHostedService(provider => provider.GetRequiredService<ServerSupervisor>());
        services.AddSingleton<IToolCallStage, DownstreamStage>();
        return services;
    }
}
