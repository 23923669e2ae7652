using System.Text.Json.Nodes;
using InfraGate.Sandbox.Json;
using InfraGate.Sandbox.Schema;

namespace InfraGate.Sandbox.Resources;

/// <summary>
/// Everything that the sandbox serves. Which versions exist follows the Kubernetes minor version it plays
/// (discovery.k8s.io/v1 since 1.21, autoscaling/v2 since 1.23, v1beta1 slices until 1.24, v2beta2 autoscalers until 1.25).
/// </summary>
internal sealed class ResourceCatalog
{
    private const string RbacGroup = "rbac.authorization.k8s.io";

    private readonly Dictionary<(string Group, string Version, string Plural), ServedResource> _served = [];

    public ResourceCatalog(int minor)
    {
        Minor = minor;
        ServeCore();
        ServeEvents();
        Serve(Deployments, "apps", ["v1"], _ => "apps.v1.Deployment");
        Serve(ReplicaSets, "apps", ["v1"], _ => "apps.v1.ReplicaSet");
        Serve(Roles, RbacGroup, ["v1"], _ => "rbac.v1.Role");
        Serve(RoleBindings, RbacGroup, ["v1"], _ => "rbac.v1.RoleBinding");
        Serve(
            EndpointSlices,
            "discovery.k8s.io",
            minor switch { < 21 => ["v1beta1"], < 25 => ["v1", "v1beta1"], _ => ["v1"] },
            version => version == "v1" ? "discovery.v1.EndpointSlice" : "discovery.v1beta1.EndpointSlice",
            new EndpointSliceConverter());
        Serve(
            PodDisruptionBudgets,
            "policy",
            minor switch { < 21 => ["v1beta1"], < 25 => ["v1", "v1beta1"], _ => ["v1"] },
            _ => "policy.v1beta1.PodDisruptionBudget",
            new DisruptionBudgetConverter());
        Serve(
            HorizontalPodAutoscalers,
            "autoscaling",
            minor switch { < 23 => ["v1", "v2beta2"], < 26 => ["v2", "v1", "v2beta2"], _ => ["v2", "v1"] },
            version => version == "v1" ? "autoscaling.v1.HorizontalPodAutoscaler" : "autoscaling.v2beta2.HorizontalPodAutoscaler",
            new AutoscalerConverter());
    }

    /// <summary>The minor version of Kubernetes that is played.</summary>
    public int Minor { get; }

    /// <summary>Every stored resource.</summary>
    public IEnumerable<ResourceType> All => _served.Values.Select(served => served.Type).Distinct();

    public ResourceType Namespaces { get; } = Core("namespaces", "Namespace", shortName: "ns", namespaced: false, subresources: ["status"]);

    public ResourceType Nodes { get; } = Core("nodes", "Node", shortName: "no", namespaced: false, subresources: ["status"]);

    public ResourceType Pods { get; } = NewPods();

    public ResourceType Services { get; } = Core("services", "Service", shortName: "svc", subresources: ["status"]);

    public ResourceType ConfigMaps { get; } = Core("configmaps", "ConfigMap", shortName: "cm");

    public ResourceType Endpoints { get; } = Core("endpoints", "Endpoints", shortName: "ep");

    public ResourceType ServiceAccounts { get; } = Core("serviceaccounts", "ServiceAccount", shortName: "sa", subresources: ["token"]);

    public ResourceType Secrets { get; } = Core("secrets", "Secret");

    public ResourceType ResourceQuotas { get; } = Core("resourcequotas", "ResourceQuota", shortName: "quota", subresources: ["status"]);

    public ResourceType LimitRanges { get; } = Core("limitranges", "LimitRange", shortName: "limits");

    public ResourceType Events { get; } = NewEvents();

    public ResourceType Deployments { get; } = Apps("deployments", "Deployment", "deploy");

    public ResourceType ReplicaSets { get; } = Apps("replicasets", "ReplicaSet", "rs");

    public ResourceType Roles { get; } = Rbac("roles", "Role");

    public ResourceType RoleBindings { get; } = Rbac("rolebindings", "RoleBinding");

    public ResourceType EndpointSlices { get; } = new()
    {
        Group = "discovery.k8s.io",
        Plural = "endpointslices",
        Kind = "EndpointSlice",
        Schema = KubernetesSchema.Get("discovery.v1.EndpointSlice"),
        HasGeneration = true,
    };

    public ResourceType PodDisruptionBudgets { get; } = new()
    {
        Group = "policy",
        Plural = "poddisruptionbudgets",
        Kind = "PodDisruptionBudget",
        Schema = KubernetesSchema.Get("policy.v1beta1.PodDisruptionBudget"),
        ShortNames = ["pdb"],
        Subresources = ["status"],
        HasGeneration = true,
    };

    public ResourceType HorizontalPodAutoscalers { get; } = new()
    {
        Group = "autoscaling",
        Plural = "horizontalpodautoscalers",
        Kind = "HorizontalPodAutoscaler",
        Schema = KubernetesSchema.Get("autoscaling.v2beta2.HorizontalPodAutoscaler"),
        ShortNames = ["hpa"],
        Subresources = ["status"],
    };

    /// <summary>The groups besides the core one, with their served versions, the preferred first.</summary>
    public IEnumerable<(string Group, IReadOnlyList<string> Versions)> Groups =>
        _served.Keys.Where(key => key.Group.Length > 0).GroupBy(key => key.Group)
            .Select(group => (group.Key, (IReadOnlyList<string>)[.. group.Select(key => key.Version).Distinct()]))
            .Append(("authentication.k8s.io", ["v1"]))
            .Append(("authorization.k8s.io", ["v1"]));

    public ServedResource? Find(string group, string version, string plural) => _served.GetValueOrDefault((group, version, plural));

    /// <summary>The resources of one group and version.</summary>
    public IEnumerable<ServedResource> In(string group, string version) =>
        _served.Values.Where(served => served.Group == group && served.Version == version);

    /// <summary>The preferred version that serves a stored resource in its own group.</summary>
    public ServedResource Preferred(ResourceType type) => _served.Values.First(served => served.Type == type && served.Group == type.Group);

    private void ServeCore()
    {
        ResourceType[] types =
            [Namespaces, Nodes, Pods, Services, ConfigMaps, Endpoints, ServiceAccounts, Secrets, ResourceQuotas, LimitRanges];
        foreach (var type in types)
        {
            Serve(type, string.Empty, ["v1"], _ => "core.v1." + type.Kind);
        }
    }

    private void ServeEvents()
    {
        Serve(Events, string.Empty, ["v1"], _ => "core.v1.Event");
        _served[("events.k8s.io", "v1", "events")] = new ServedResource
        {
            Type = Events,
            Group = "events.k8s.io",
            Version = "v1",
            Schema = KubernetesSchema.Get("events.v1.Event"),
            Converter = new EventConverter(),
            FieldLabels = EventConverter.FieldLabel,
        };
    }

    private void Serve(ResourceType type, string group, string[] versions, Func<string, string> schemaName, IVersionConverter? converter = null)
    {
        foreach (var version in versions)
        {
            _served[(group, version, type.Plural)] = new ServedResource
            {
                Type = type,
                Group = group,
                Version = version,
                Schema = KubernetesSchema.Get(schemaName(version)),
                Converter = converter,
            };
        }
    }

    private static ResourceType Core(string plural, string kind, string? shortName = null, bool namespaced = true, string[]? subresources = null) => new()
    {
        Group = string.Empty,
        Plural = plural,
        Kind = kind,
        Schema = KubernetesSchema.Get("core.v1." + kind),
        Namespaced = namespaced,
        ShortNames = shortName is null ? [] : [shortName],
        Subresources = subresources ?? [],
        SelectableFields = kind switch
        {
            "Namespace" => Fields("status.phase"),
            "Secret" => Fields("type"),
            "Node" => Fields("spec.unschedulable"),
            _ => Fields(),
        },
    };

    private static ResourceType NewPods() => new()
    {
        Group = string.Empty,
        Plural = "pods",
        Kind = "Pod",
        Schema = KubernetesSchema.Get("core.v1.Pod"),
        ShortNames = ["po"],
        Subresources = ["status", "log"],
        GracefulDeletion = true,
        SelectableFields = Fields(
            "spec.nodeName", "spec.restartPolicy", "spec.schedulerName", "spec.serviceAccountName", "status.phase", "status.podIP", "status.nominatedNodeName"),
    };

    private static ResourceType Apps(string plural, string kind, string shortName) => new()
    {
        Group = "apps",
        Plural = plural,
        Kind = kind,
        Schema = KubernetesSchema.Get("apps.v1." + kind),
        ShortNames = [shortName],
        Subresources = ["status", "scale"],
        HasGeneration = true,
        SelectableFields = kind == "ReplicaSet" ? Fields("status.replicas") : Fields(),
    };

    private static ResourceType Rbac(string plural, string kind) => new()
    {
        Group = RbacGroup,
        Plural = plural,
        Kind = kind,
        Schema = KubernetesSchema.Get("rbac.v1." + kind),
    };

    private static ResourceType NewEvents() => new()
    {
        Group = string.Empty,
        Plural = "events",
        Kind = "Event",
        Schema = KubernetesSchema.Get("core.v1.Event"),
        ShortNames = ["ev"],
        SelectableFields = new Dictionary<string, Func<JsonObject, string>>(Fields(
            "involvedObject.kind", "involvedObject.namespace", "involvedObject.name", "involvedObject.uid", "involvedObject.apiVersion",
            "involvedObject.resourceVersion", "involvedObject.fieldPath", "reason", "reportingComponent", "type"))
        {
            ["source"] = value => value.Text("source", "component") is { Length: > 0 } source ? source : value.Text("reportingComponent") ?? string.Empty,
        },
    };

    private static Dictionary<string, Func<JsonObject, string>> Fields(params string[] paths) => paths.ToDictionary(
        path => path,
        path =>
        {
            var parts = path.Split('.');
            return (Func<JsonObject, string>)(value => value.Text(parts) ?? value.Integer(parts)?.ToString() ?? string.Empty);
        });
}
