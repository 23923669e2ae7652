using InfraGate.McpServer.Kubernetes;
using InfraGate.McpServer.Kubernetes.Models;
using InfraGate.McpServer.Tools;

namespace InfraGate.McpServer.Inspection.Resources;

/// <summary>Reads one object and describes it.</summary>
internal static class ResourceReader
{
    private static readonly string[] Supported = ["Deployment", "ReplicaSet", "Pod", "Service", "ConfigMap"];

    /// <summary>The kind as the API writes it.</summary>
    /// <exception cref="ToolException">The kind is not one that may be read.</exception>
    public static string Canonical(string kind) =>
        Supported.FirstOrDefault(supported => string.Equals(supported, kind, StringComparison.OrdinalIgnoreCase)) ?? throw Unsupported(kind);

    /// <summary>Reads an object live.</summary>
    /// <param name="kind">As <see cref="Canonical"/> gives it.</param>
    /// <exception cref="KubernetesException">The cluster refused or did not answer.</exception>
    public static async Task<ResourceReading> ReadAsync(NamespaceClient client, string kind, string name, CancellationToken cancellationToken)
    {
        var ns = client.Namespace;
        switch (kind)
        {
            case "Deployment" or "ReplicaSet":
                var resource = kind is "Deployment" ? ApiResource.Deployments : ApiResource.ReplicaSets;
                var workload = await client.GetAsync(resource, name, KubernetesJson.Default.DetailedWorkload, cancellationToken);
                return new ResourceReading(workload.Metadata.ResourceVersion, items => Workload(ns, kind, workload, items));
            case "Pod":
                var pod = await client.GetAsync(ApiResource.Pods, name, KubernetesJson.Default.DetailedPod, cancellationToken);
                return new ResourceReading(pod.Metadata.ResourceVersion, items => Pod(ns, pod, items));
            case "Service":
                var service = await client.GetAsync(ApiResource.Services, name, KubernetesJson.Default.Service, cancellationToken);
                return new ResourceReading(service.Metadata.ResourceVersion, items => Service(ns, service, items));
            default:
                var map = await client.GetAsync(ApiResource.ConfigMaps, name, KubernetesJson.Default.ConfigMap, cancellationToken);
                return new ResourceReading(map.Metadata.ResourceVersion, items => ConfigMap(ns, map, items));
        }
    }

    private static ToolException Unsupported(string kind) =>
        string.Equals(kind, "Secret", StringComparison.OrdinalIgnoreCase) || string.Equals(kind, "Secrets", StringComparison.OrdinalIgnoreCase)
            ? new ToolException(ToolErrorCode.UnsupportedKind, "Secrets are never read.", "A Deployment or Pod shows which Secrets it refers to, without their values.")
            : new ToolException(ToolErrorCode.UnsupportedKind, "This kind cannot be read here.", $"Use one of {string.Join(", ", Supported)}.");

    private static ResourceView Workload(string ns, string kind, DetailedWorkload workload, int items)
    {
        var spec = workload.Spec;
        var rolling = spec.Strategy?.RollingUpdate is { } update ? $" surge {update.MaxSurge} unavailable {update.MaxUnavailable}" : "";
        return View(ns, kind, workload.Metadata, items) with
        {
            Workload = new WorkloadView
            {
                Desired = spec.Replicas ?? 1,
                Ready = workload.Status.ReadyReplicas,
                Updated = kind is "Deployment" ? workload.Status.UpdatedReplicas : null,
                Available = workload.Status.AvailableReplicas,
                Selector = Describe.Selector(spec.Selector),
                Strategy = spec.Strategy?.Type is { } type ? $"{type}{rolling}" : null,
                Paused = spec.Paused ? true : null,
                ProgressDeadlineSeconds = spec.ProgressDeadlineSeconds,
                Conditions = Conditions(workload.Status.Conditions),
                Template = new TemplateDescriber(items).Describe(spec.Template.Spec, Shown(spec.Template.Metadata.Labels, items)),
            },
        };
    }

    private static ResourceView Pod(string ns, DetailedPod pod, int items)
    {
        var states = (pod.Status.InitContainerStatuses ?? []).Concat(pod.Status.ContainerStatuses ?? [])
            .Select(status => $"{status.Name} {(status.Ready ? "ready" : "not ready")}, {Bounded.Count(status.RestartCount, "restart")}"
                + (status.State?.Waiting is { } waiting ? $", waiting {waiting.Reason}" : status.State?.Terminated is { } ended ? $", ended {ended.Reason} exit {ended.ExitCode}" : ""));
        return View(ns, "Pod", pod.Metadata, items) with
        {
            Pod = new PodView
            {
                Phase = pod.Status.Phase ?? "Unknown",
                Node = pod.Spec.NodeName,
                Ip = pod.Status.PodIP,
                Conditions = Conditions(pod.Status.Conditions),
                ContainerStates = Bounded.OrNull(states.Take(items).ToList()),
                Spec = new TemplateDescriber(items).Describe(pod.Spec, labels: null),
            },
        };
    }

    private static ResourceView Service(string ns, Service service, int items) => View(ns, "Service", service.Metadata, items) with
    {
        Service = new ServiceView(
            service.Spec.Type ?? "ClusterIP",
            service.Spec.ClusterIP,
            service.Spec.ExternalName,
            service.Spec.Selector is { Count: > 0 } selector ? Describe.Map(selector) : null,
            Bounded.OrNull((service.Spec.Ports ?? []).Take(items).Select(Describe.Port).ToList()),
            Bounded.OrNull((service.Status?.LoadBalancer?.Ingress ?? []).Take(items).Select(ingress => ingress.Hostname ?? ingress.Ip ?? "").ToList())),
    };

    private static ResourceView ConfigMap(string ns, ConfigMap map, int items)
    {
        var sizes = (map.Data ?? new Dictionary<string, int>(StringComparer.Ordinal)).Concat(map.BinaryData ?? new Dictionary<string, int>(StringComparer.Ordinal))
            .OrderBy(size => size.Key, StringComparer.Ordinal).ToList();
        return View(ns, "ConfigMap", map.Metadata, items) with
        {
            ConfigMap = new ConfigMapView(sizes.Sum(size => size.Value), sizes.Take(items).ToDictionary(StringComparer.Ordinal), map.Immutable is true ? true : null),
            Omitted = sizes.Count > items ? [$"{sizes.Count - items} more keys"] : null,
        };
    }

    private static ResourceView View(string ns, string kind, ObjectMeta metadata, int items) => new()
    {
        Namespace = ns,
        Kind = kind,
        Name = metadata.Name,
        Created = Describe.Time(metadata.CreationTimestamp),
        Deleting = metadata.DeletionTimestamp is { } deletion ? $"since {Describe.Time(deletion)}" : null,
        Generation = metadata.Generation > 0 ? metadata.Generation : null,
        Owner = metadata.Controller is { } owner ? $"{owner.Kind}/{owner.Name}" : null,
        Labels = Shown(metadata.Labels, items),

        // A copy that nobody recognises would give the values away that are never shown, so of a ConfigMap's annotations there are sizes only, as of its data.
        Annotations = kind is "ConfigMap" ? Shown(metadata.Annotations, items, (_, value) => Bounded.Count(value.Length, "character")) : Shown(metadata.Annotations, items),
    };

    private static Dictionary<string, string>? Shown(IReadOnlyDictionary<string, string>? map, int items) => Shown(map, items, SecretValues.ShowMetadata);

    /// <summary>last-applied-configuration holds the whole object again and tells nothing new; so do its likes.</summary>
    private static Dictionary<string, string>? Shown(IReadOnlyDictionary<string, string>? map, int items, Func<string, string, string> show)
    {
        var shown = (map ?? new Dictionary<string, string>(StringComparer.Ordinal))
            .Where(pair => !pair.Key.Contains("last-applied", StringComparison.Ordinal))
            .OrderBy(pair => pair.Key, StringComparer.Ordinal).Take(items)
            .ToDictionary(pair => pair.Key, pair => show(pair.Key, pair.Value), StringComparer.Ordinal);
        return shown.Count == 0 ? null : shown;
    }

    private static IReadOnlyList<string>? Conditions(IReadOnlyList<Condition>? conditions) =>
        Bounded.OrNull((conditions ?? []).Select(condition => $"{condition.Type}={condition.Status}"
            + (condition.Reason is null ? "" : $" {condition.Reason}")
            + (string.IsNullOrEmpty(condition.Message) ? "" : $": {Bounded.Text(condition.Message, 160)}")).ToList());
}
