namespace InfraGate.McpServer.Kubernetes;

/// <summary>A namespaced resource of the Kubernetes API.</summary>
/// <param name="Group">Empty for the core group.</param>
internal sealed record ApiResource(string Group, string Version, string Plural, string Kind)
{
    public static ApiResource Deployments { get; } = new("apps", "v1", "deployments", "Deployment");

    public static ApiResource ReplicaSets { get; } = new("apps", "v1", "replicasets", "ReplicaSet");

    public static ApiResource Pods { get; } = new("", "v1", "pods", "Pod");

    public static ApiResource Services { get; } = new("", "v1", "services", "Service");

    public static ApiResource ConfigMaps { get; } = new("", "v1", "configmaps", "ConfigMap");

    public static ApiResource Events { get; } = new("events.k8s.io", "v1", "events", "Event");

    public static ApiResource CoreEvents { get; } = new("", "v1", "events", "Event");

    public static ApiResource EndpointSlices { get; } = new("discovery.k8s.io", "v1", "endpointslices", "EndpointSlice");

    public static ApiResource EndpointSlicesBeta { get; } = new("discovery.k8s.io", "v1beta1", "endpointslices", "EndpointSlice");

    public static ApiResource Endpoints { get; } = new("", "v1", "endpoints", "Endpoints");

    public static ApiResource Autoscalers { get; } = new("autoscaling", "v1", "horizontalpodautoscalers", "HorizontalPodAutoscaler");

    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    /// <summary>The path of the collection in a namespace, relative to the server.</summary>
    public string CollectionPath(string ns) =>
        $"{(Group.Length == 0 ? "api" : "apis")}/{ApiVersion}/namespaces/{Uri.EscapeDataString(ns)}/{Plural}";

    /// <summary>The path of one object, or of a subresource of it.</summary>
    public string ObjectPath(string ns, string name, string? subresource = null)
    {
        var path = $"{CollectionPath(ns)}/{Uri.EscapeDataString(name)}";
        return subresource is null ? path : $"{path}/{subresource}";
    }
}
