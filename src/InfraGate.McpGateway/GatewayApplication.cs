using InfraGate.ApprovalUi.Hosting;
using InfraGate.McpGateway.Approvals;
using InfraGate.McpGateway.Auth;
using InfraGate.McpGateway.Calls;
using InfraGate.McpGateway.Configuration;
using InfraGate.McpGateway.Downstream;
using InfraGate.McpGateway.Guardrails;
using InfraGate.McpGateway.Observability;
using InfraGate.McpGateway.Transport;

namespace InfraGate.McpGateway;

/// <summary>Puts the gateway together.</summary>
internal static class GatewayApplication
{
    /// <summary>The environment when none is named. The documented commands name none and are for local work; every deployment sets Production.</summary>
    public static string EnvironmentName =>
        Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT") ?? Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT") ?? Environments.Development;

    /// <summary>Builds the application; nothing listens yet.</summary>
    public static WebApplication Build(GatewayOptions options, Action<WebApplicationBuilder>? customize = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(GatewayApplication).Assembly.GetName().Name,
            EnvironmentName = options.IsProduction ? Environments.Production : Environments.Development,
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.AddObservability(options);
        builder.AddListener(options);
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddCallerAuthentication();
        builder.Services.AddToolCalls();
        builder.Services.AddGuardrails(options);
        builder.Services.AddApprovals(options);
        builder.Services.AddDownstreamServer();
        builder.Services.AddMcpTransport(options);
        customize?.Invoke(builder);

        var app = builder.Build();
        app.UseTransportGuards();
        app.UsePublicScheme();
        app.UsePageHeaders(options.OAuth.Authority.GetLeftPart(UriPartial.Authority));
        app.UsePageProblems();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.MapHealth();
        app.MapMetrics();
        app.MapProtectedResourceMetadata();
        app.MapMcp();
        app.MapApprovals();
        return app;
    }

    /// <summary>Runs until told to stop. Says on stdout where it listens, once it does.</summary>
    public static async Task<int> RunAsync()
    {
        var options = GatewayOptionsReader.Read(Environment.GetEnvironmentVariable, EnvironmentName, ServerProgram.FindMistake, ApprovalSetup.FindMistake);
        Listener.EnsureFree(options.Listen);
        using var server = EarlyServer.Start(options);
        await using var app = Build(options, builder => builder.Services.AddSingleton(server));
        await app.StartListeningAsync();
        await app.WaitForShutdownAsync();
        return 0;
    }
}
