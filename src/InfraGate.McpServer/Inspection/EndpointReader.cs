using InfraGate.McpServer.Kubernetes;
using InfraGate.McpServer.Kubernetes.Models;

namespace InfraGate.McpServer.Inspection;

/// <summary>Reads which Pods stand behind Services: EndpointSlices v1, else v1beta1, else Endpoints, whichever the cluster serves.</summary>
internal static class EndpointReader
{
    /// <param name="serviceName">One Service, or null for all.</param>
    public static async Task<IReadOnlyDictionary<string, ServiceEndpoints>> ReadAsync(NamespaceClient client, string? serviceName, CancellationToken cancellationToken)
    {
        var query = serviceName is null ? ListQuery.All : new ListQuery { LabelSelector = $"{EndpointMark.ServiceLabel}={serviceName}" };
        foreach (var resource in (ApiResource[])[ApiResource.EndpointSlices, ApiResource.EndpointSlicesBeta])
        {
            try
            {
                var slices = await client.FoldAsync(
                    resource, query, KubernetesJson.Default.ObjectListEndpointSlice, static () => new List<EndpointMark>(), static (marks, slice) => marks.Add(EndpointMark.Of(slice)), cancellationToken);
                return Collect(slices.Value);
            }
            catch (KubernetesException exception) when (exception.Failure is KubernetesFailure.NotFound)
            {
                // This version is not served here; an older one is.
            }
        }

        var fields = serviceName is null ? ListQuery.All : new ListQuery { FieldSelector = $"metadata.name={serviceName}" };
        var endpoints = await client.FoldAsync(
            ApiResource.Endpoints, fields, KubernetesJson.Default.ObjectListEndpoints, static () => new List<EndpointMark>(), static (marks, item) => marks.Add(EndpointMark.Of(item)), cancellationToken);
        return Collect(endpoints.Value);
    }

    /// <summary>The endpoints by Service.</summary>
    public static IReadOnlyDictionary<string, ServiceEndpoints> Collect(IEnumerable<EndpointMark> marks)
    {
        var services = new Dictionary<string, ServiceEndpoints>(StringComparer.Ordinal);
        foreach (var mark in marks.Where(mark => mark.Service is not null))
        {
            if (!services.TryGetValue(mark.Service!, out var endpoints))
            {
                services.Add(mark.Service!, endpoints = new ServiceEndpoints());
            }

            foreach (var target in mark.Targets)
            {
                endpoints.Add(target.Name, target.Ready);
            }
        }

        return services;
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
