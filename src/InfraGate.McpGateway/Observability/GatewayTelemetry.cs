using System.Diagnostics;

namespace InfraGate.McpGateway.Observability;

/// <summary>The names under which the gateway's spans and measurements appear.</summary>
internal static class GatewayTelemetry
{
    /// <summary>The name of the source and the meter.</summary>
    public const string Name = "InfraGate.McpGateway";

    /// <summary>The source of the gateway's own spans.</summary>
    public static ActivitySource Source { get; } = new(Name);
}
