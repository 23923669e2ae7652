using InfraGate.McpGateway.Auth;
using InfraGate.McpGateway.Configuration;
using Microsoft.AspNetCore.Cors.Infrastructure;

namespace InfraGate.McpGateway.Transport;

/// <summary>Registers and maps the MCP endpoint. The seam at which <c>ModelContextProtocol.AspNetCore</c> could take over.</summary>
internal static class McpEndpoints
{
    private const string Path = "/mcp";
    private const string CorsPolicy = "mcp";

    /// <summary>Adds sessions, endpoints and guards.</summary>
    public static IServiceCollection AddMcpTransport(this IServiceCollection services, GatewayOptions options)
    {
        services.AddSingleton<LastResort>();
        services.AddSingleton<HostAndOriginGuard>();
        services.AddSingleton<DrainGate>();
        services.AddSingleton<EventStreamStore>();
        services.AddSingleton<SessionRegistry>();
        services.AddSingleton<McpServerSetup>();
        services.AddSingleton<McpPostEndpoint>();
        services.AddSingleton<McpStreamEndpoint>();
        services.AddSingleton<McpDeleteEndpoint>();
        services.AddHostedService<SessionSweeper>();
        services.AddHostedService<DrainService>();
        services.AddCors(cors => cors.AddPolicy(CorsPolicy, policy => Describe(policy, options)));
        return services;
    }

    /// <summary>Puts the guards in front of everything else: host, origin, headers.</summary>
    public static WebApplication UseTransportGuards(this WebApplication app)
    {
        var guard = app.Services.GetRequiredService<HostAndOriginGuard>();
        var lastResort = app.Services.GetRequiredService<LastResort>();
        app.UseSecurityHeaders();
        app.Use(next => context => lastResort.InvokeAsync(context, next));
        app.Use(next => context => guard.InvokeAsync(context, next));
        app.UseCors();
        return app;
    }

    /// <summary>Maps <c>/mcp</c>, unless it is turned off.</summary>
    public static void MapMcp(this WebApplication app)
    {
        if (!app.Services.GetRequiredService<GatewayOptions>().McpEnabled)
        {
            return;
        }

        var services = app.Services;
        Map(app, HttpMethods.Post, services.GetRequiredService<McpPostEndpoint>().HandleAsync);
        Map(app, HttpMethods.Get, services.GetRequiredService<McpStreamEndpoint>().HandleAsync);
        Map(app, HttpMethods.Delete, services.GetRequiredService<McpDeleteEndpoint>().HandleAsync);
    }

    private static void Map(WebApplication app, string method, RequestDelegate handle)
    {
        var drain = app.Services.GetRequiredService<DrainGate>();
        app.MapMethods(Path, [method], context => WhileServingAsync(drain, context, handle))
            .RequireAuthorization(CallerAuthentication.Policy)
            .RequireCors(CorsPolicy);
    }

    private static async Task WhileServingAsync(DrainGate drain, HttpContext context, RequestDelegate handle)
    {
        if (!drain.TryEnter())
        {
            context.Response.Headers.Connection = "close";
            await new JsonRpcRefusal(StatusCodes.Status503ServiceUnavailable, JsonRpcRefusal.ServerError, "The gateway is stopping.") { RetryAfter = TimeSpan.FromSeconds(5) }.WriteAsync(context);
            return;
        }

        try
        {
            await handle(context);
        }
        finally
        {
            drain.Leave();
        }
    }

    private static void Describe(CorsPolicyBuilder policy, GatewayOptions options) => policy
        .WithOrigins([.. options.Network.AllowedOrigins])
        .WithMethods(HttpMethods.Post, HttpMethods.Get, HttpMethods.Delete)
        .WithHeaders("Authorization", "Content-Type", "Accept", McpPostEndpoint.SessionHeader, RequestEnvelope.RevisionHeader, "Last-Event-ID", "Mcp-Method", "Mcp-Name")
        .WithExposedHeaders(McpPostEndpoint.SessionHeader, "WWW-Authenticate");
}
