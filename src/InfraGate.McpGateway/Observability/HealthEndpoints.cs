using InfraGate.McpGateway.Downstream;
using InfraGate.McpGateway.Transport;

namespace InfraGate.McpGateway.Observability;

/// <summary>Whether the process lives, and whether it can serve. Open to everyone, and therefore saying nothing but that.</summary>
internal static class HealthEndpoints
{
    /// <summary>Maps liveness and readiness under both of their names.</summary>
    public static void MapHealth(this IEndpointRouteBuilder endpoints)
    {
        foreach (var path in new[] { "/healthz", "/api/health" })
        {
            endpoints.MapGet(path, () => TypedResults.Text("ok\n"));
        }

        foreach (var path in new[] { "/readyz", "/api/ready" })
        {
            endpoints.MapGet(path, (ServerSupervisor server, DrainGate drain) => server.Current is not null && !drain.IsDraining
                ? Results.Text("ready\n")
                : Results.Text("not ready\n", statusCode: StatusCodes.Status503ServiceUnavailable));
        }
    }
}
