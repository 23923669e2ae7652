using InfraGate.McpServer.Inspection.Causes;
using InfraGate.McpServer.Inspection.Events;
using InfraGate.McpServer.Kubernetes;
using InfraGate.McpServer.Kubernetes.Models;

namespace InfraGate.McpServer.Inspection.Diagnostics;

/// <summary>Judges one Service: does its selector match, do its ports lead somewhere, is anything behind it ready.</summary>
internal sealed class ServiceDiagnosis
{
    private const int MaxPods = 2000;
    private readonly string _namespace;
    private readonly Service _service;
    private readonly ServiceEndpoints _endpoints;
    private readonly Listing<List<Pod>> _pods;
    private readonly IReadOnlyList<EventGroup> _events;
    private readonly string? _leftUnread;
    private readonly IReadOnlyList<Cause> _causes;
    private readonly Cause? _worst;

    private ServiceDiagnosis(string ns, Service service, ServiceEndpoints endpoints, Listing<List<Pod>> pods, IReadOnlyList<string> nearMisses, EventDigest events, TimeProvider time)
    {
        _namespace = ns;
        _service = service;
        _endpoints = endpoints;
        _pods = pods;
        _events = events.Groups;
        _leftUnread = events.LeftUnread;
        var byPod = _events.Where(group => group.Kind is "Pod").ToLookup(group => group.Name, StringComparer.Ordinal);
        var ofPods = pods.Value.SelectMany(pod => new PodCauses(pod, [.. byPod[pod.Metadata.Name]], time).Find()).ToList();
        var ofService = new ServiceCauses(service, pods.Value, endpoints, nearMisses).Find().ToList();
        _causes = CauseList.Merge(ofService.Concat(ofPods));

        // A warning about a Pod is worth telling, but takes nothing from what the Service does.
        _worst = CauseList.Merge(ofService.Concat(ofPods.Where(cause => cause.Severity is CauseSeverity.Critical))).FirstOrDefault(cause => cause.Severity is not CauseSeverity.Info);
    }

    public static async Task<ServiceDiagnosis> ReadAsync(NamespaceClient client, string name, TimeProvider time, CancellationToken cancellationToken)
    {
        var service = await client.GetAsync(ApiResource.Services, name, KubernetesJson.Default.Service, cancellationToken);
        var endpoints = EndpointReader.ReadAsync(client, name, cancellationToken);
        var pods = await PodsAsync(client, service.Spec.Selector, cancellationToken);
        var names = pods.Value.Select(pod => pod.Metadata.Name).ToHashSet(StringComparer.Ordinal);
        var nearMisses = pods.Count == 0 && service.Spec.Selector is { Count: > 0 } selector ? await NearMissesAsync(client, selector, cancellationToken) : [];
        var events = await EventDigest.ReadAsync(
            client,
            ListQuery.All,
            (kind, about) => (kind is "Service" && string.Equals(about, name, StringComparison.Ordinal)) || (kind is "Pod" && names.Contains(about)),
            cancellationToken);
        return new ServiceDiagnosis(client.Namespace, service, (await endpoints).GetValueOrDefault(name) ?? new ServiceEndpoints(), pods, nearMisses, events, time);
    }

    /// <param name="items">How long each list may be.</param>
    public ServiceDiagnostics Build(int items)
    {
        var pods = PodLine.Of(_pods.Value);
        return new ServiceDiagnostics
        {
            Namespace = _namespace,
            Name = _service.Metadata.Name,
            Verdict = Judge(),
            Causes = CauseList.Show(_causes, items),
            Type = _service.Spec.Type ?? "ClusterIP",
            ClusterIP = _service.Spec.ClusterIP,
            External = Bounded.OrNull(External().Take(items).ToList()),
            Selector = _service.Spec.Selector is { Count: > 0 } selector ? Describe.Map(selector) : null,
            Ports = Bounded.OrNull((_service.Spec.Ports ?? []).Take(items).Select(Describe.Port).ToList()),
            Endpoints = new EndpointCount(_endpoints.Ready, _endpoints.NotReady),
            Pods = Bounded.OrNull(pods.Take(items).ToList()),
            Events = Bounded.OrNull(_events.Take(items).Select(group => EventLine.Of(group, 200)).ToList()),
            Omitted = Bounded.OrNull(Omitted(items, pods.Count).ToList()),
        };
    }

    private static Task<Listing<List<Pod>>> PodsAsync(NamespaceClient client, IReadOnlyDictionary<string, string>? selector, CancellationToken cancellationToken) =>
        selector is { Count: > 0 }
            ? client.ListAsync(ApiResource.Pods, new ListQuery { LabelSelector = Describe.Map(selector), MaxItems = MaxPods }, KubernetesJson.Default.ObjectListPod, cancellationToken)
            : Task.FromResult(new Listing<List<Pod>>([], 0, IsComplete: true, ResourceVersion: null));

    /// <summary>Labels of Pods that have one of the selector's keys with another value.</summary>
    private static async Task<IReadOnlyList<string>> NearMissesAsync(NamespaceClient client, IReadOnlyDictionary<string, string> selector, CancellationToken cancellationToken)
    {
        var pods = await client.ListAsync(
            ApiResource.Pods, new ListQuery { PageSize = 50, MaxItems = 50 }, KubernetesJson.Default.ObjectListPod, cancellationToken);
        return [.. pods.Value
            .Select(pod => (pod.Metadata.Labels ?? new Dictionary<string, string>(StringComparer.Ordinal)).Where(label => selector.ContainsKey(label.Key)).ToDictionary(StringComparer.Ordinal))
            .Where(labels => labels.Count > 0)
            .Select(Describe.Map)
            .Distinct(StringComparer.Ordinal)];
    }

    private Verdict Judge()
    {
        var health = _worst switch
        {
            null => "healthy",
            _ when _service.Spec.Type is "ExternalName" => "healthy",
            { Severity: CauseSeverity.Critical } when _endpoints.Ready == 0 || _worst.Name is Cause.TargetPortUnexposed => "failing",
            _ => "degraded",
        };
        var count = _service.Spec.Type is "ExternalName" ? $"an alias of {_service.Spec.ExternalName}" : $"{Bounded.Count(_endpoints.Ready, "ready endpoint")}";
        return new Verdict(health, Bounded.Text(_worst is null ? count : $"{count}; {_worst.Name}: {_worst.Summary}", 400));
    }

    private IEnumerable<string> External() =>
        (_service.Status?.LoadBalancer?.Ingress ?? []).Select(ingress => ingress.Hostname ?? ingress.Ip ?? "")
            .Concat(_service.Spec.ExternalName is { } name ? [name] : []);

    private IEnumerable<string> Omitted(int items, int pods)
    {
        if (pods > items)
        {
            yield return $"{pods - items} more Pods, which are no worse; get_k8s_status with labelSelector counts them";
        }

        if (_events.Count > items)
        {
            yield return $"{_events.Count - items} more kinds of events; get_k8s_events shows up to 100";
        }

        if (_causes.Count > items)
        {
            yield return $"{_causes.Count - items} more causes; get_pod_diagnostics shows those of one Pod";
        }

        if (!_pods.IsComplete)
        {
            yield return $"only the first {_pods.Count} Pods were looked at";
        }

        if (_service.Spec.Ports?.Count > items)
        {
            yield return $"{_service.Spec.Ports.Count - items} more ports; get_k8s_resource lists them";
        }

        if (_leftUnread is { } unread)
        {
            yield return unread;
        }
    }
}
