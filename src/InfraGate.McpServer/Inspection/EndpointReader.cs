using InfraGate.McpServer.Kubernetes;
using InfraGate.McpServer.Kubernetes.Models;

namespace InfraGate.McpServer.Inspection;

/// <summary>Reads which Pods stand behind Services: EndpointSlices v1, else v1beta1, else Endpoints, whichever the cluster serves.</summary>
internal static class EndpointReader
{
    private const string ServiceLabel = "kubernetes.io/service-name";

    /// <param name="serviceName">One Service, or null for all.</param>
    public static async Task<IReadOnlyDictionary<string, ServiceEndpoints>> ReadAsync(NamespaceClient client, string? serviceName, CancellationToken cancellationToken)
    {
        var query = serviceName is null ? ListQuery.All : new ListQuery { LabelSelector = $"{ServiceLabel}={serviceName}" };
        foreach (var resource in (ApiResource[])[ApiResource.EndpointSlices, ApiResource.EndpointSlicesBeta])
        {
            try
            {
                var slices = await client.FoldAsync(
                    resource, query, KubernetesJson.Default.ObjectListEndpointSlice, static () => new Dictionary<string, ServiceEndpoints>(StringComparer.Ordinal), AddSlice, cancellationToken);
                return slices.Value;
            }
            catch (KubernetesException exception) when (exception.Failure is KubernetesFailure.NotFound)
            {
                // This version is not served here; an older one is.
            }
        }

        var fields = serviceName is null ? ListQuery.All : new ListQuery { FieldSelector = $"metadata.name={serviceName}" };
        var endpoints = await client.FoldAsync(
            ApiResource.Endpoints, fields, KubernetesJson.Default.ObjectListEndpoints, static () => new Dictionary<string, ServiceEndpoints>(StringComparer.Ordinal), AddEndpoints, cancellationToken);
        return endpoints.Value;
    }

    private static void AddSlice(Dictionary<string, ServiceEndpoints> into, EndpointSlice slice)
    {
        if (slice.Metadata.Labels?.GetValueOrDefault(ServiceLabel) is not { } service)
        {
            return;
        }

        var endpoints = For(into, service);
        foreach (var endpoint in slice.Endpoints ?? [])
        {
            // In v1beta1 and v1 alike an unset "ready" means ready.
            var ready = endpoint.Conditions?.Ready ?? true;
            endpoints.Add(endpoint.TargetRef?.Name ?? (endpoint.Addresses is [var first, ..] ? first : ""), ready);
        }
    }

    private static void AddEndpoints(Dictionary<string, ServiceEndpoints> into, Endpoints item)
    {
        var endpoints = For(into, item.Metadata.Name);
        foreach (var subset in item.Subsets ?? [])
        {
            foreach (var address in subset.Addresses ?? [])
            {
                endpoints.Add(address.TargetRef?.Name ?? address.Ip ?? "", ready: true);
            }

            foreach (var address in subset.NotReadyAddresses ?? [])
            {
                endpoints.Add(address.TargetRef?.Name ?? address.Ip ?? "", ready: false);
            }
        }
    }

    private static ServiceEndpoints For(Dictionary<string, ServiceEndpoints> into, string service)
    {
        if (!into.TryGetValue(service, out var endpoints))
        {
            into.Add(service, endpoints = new ServiceEndpoints());
        }

        return endpoints;
    }
}

/// <summary>The endpoints of one Service; a Pod that several slices name counts once.</summary>
internal sealed class ServiceEndpoints
{
    private readonly Dictionary<string, bool> _targets = new(StringComparer.Ordinal);

    public int Ready => _targets.Values.Count(ready => ready);

    public int NotReady => _targets.Count - Ready;

    public IReadOnlyCollection<string> NotReadyTargets => [.. _targets.Where(target => !target.Value).Select(target => target.Key).Order(StringComparer.Ordinal)];

    public void Add(string target, bool ready) => _targets[target] = ready || _targets.GetValueOrDefault(target);
}
