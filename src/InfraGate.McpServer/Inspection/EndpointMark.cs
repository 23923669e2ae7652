using InfraGate.McpServer.Kubernetes.Models;

namespace InfraGate.McpServer.Inspection;

/// <summary>Which Pods one EndpointSlice, or Endpoints object, puts behind its Service.</summary>
/// <param name="Service">Null for a slice that belongs to none.</param>
internal sealed record EndpointMark(string? Service, IReadOnlyList<EndpointTarget> Targets)
{
    public const string ServiceLabel = "kubernetes.io/service-name";

    /// <summary>In v1beta1 and v1 alike an unset "ready" means ready.</summary>
    public static EndpointMark Of(EndpointSlice slice) => new(
        slice.Metadata.Labels?.GetValueOrDefault(ServiceLabel),
        [.. (slice.Endpoints ?? []).Select(endpoint => new EndpointTarget(
            endpoint.TargetRef?.Name ?? (endpoint.Addresses is [var first, ..] ? first : ""), endpoint.Conditions?.Ready ?? true))]);

    public static EndpointMark Of(Endpoints endpoints) => new(
        endpoints.Metadata.Name,
        [.. (endpoints.Subsets ?? []).SelectMany(subset => Standing(subset.Addresses, ready: true).Concat(Standing(subset.NotReadyAddresses, ready: false)))]);

    private static IEnumerable<EndpointTarget> Standing(IReadOnlyList<EndpointAddress>? addresses, bool ready) =>
        (addresses ?? []).Select(address => new EndpointTarget(address.TargetRef?.Name ?? address.Ip ?? "", ready));
}

/// <summary>A Pod, or a bare address, behind a Service.</summary>
internal readonly record struct EndpointTarget(string Name, bool Ready);
