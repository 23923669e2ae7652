using InfraGate.McpServer.Kubernetes;
using InfraGate.McpServer.Kubernetes.Models;
using InfraGate.McpServer.Kubernetes.Watching;

namespace InfraGate.McpServer.Inspection.Status;

/// <summary>The kinds a status is made of, and the little of each object that it needs. No environment, no annotation, no value of a ConfigMap is among it.</summary>
internal static class StatusKinds
{
    private const int MaxObjects = 5000;
    private const int MaxPods = 50_000;

    /// <summary>About what an entry takes besides its texts.</summary>
    private const int EntryBytes = 300;

    public static FeedSource<Deployment, DeploymentLine> Deployments { get; } = new(
        ApiResource.Deployments, KubernetesJson.Default.ObjectListDeployment, KubernetesJson.Default.Deployment, StatusLines.Of,
        static line => EntryBytes + (2 * (line.Name.Length + (line.Reason?.Length ?? 0))) + Bytes(line.Images), MaxObjects);

    public static FeedSource<ReplicaSet, ReplicaSetMark> ReplicaSets { get; } = new(
        ApiResource.ReplicaSets, KubernetesJson.Default.ObjectListReplicaSet, KubernetesJson.Default.ReplicaSet, ReplicaSetMark.Of,
        static mark => EntryBytes + (2 * (mark.Name.Length + (mark.Deployment?.Length ?? 0))), MaxObjects);

    public static FeedSource<PodBrief, PodMark> Pods { get; } = new(
        ApiResource.Pods, KubernetesJson.Default.ObjectListPodBrief, KubernetesJson.Default.PodBrief, PodMark.Of,
        static mark => EntryBytes + (2 * (mark.Name.Length + mark.Owner.Length + mark.State.Word.Length)), MaxPods);

    public static FeedSource<Service, ServiceLine> Services { get; } = new(
        ApiResource.Services, KubernetesJson.Default.ObjectListService, KubernetesJson.Default.Service, StatusLines.Of,
        static line => EntryBytes + (2 * line.Name.Length) + Bytes(line.Ports), MaxObjects);

    public static FeedSource<ConfigMap, ConfigMapLine> ConfigMaps { get; } = new(
        ApiResource.ConfigMaps, KubernetesJson.Default.ObjectListConfigMap, KubernetesJson.Default.ConfigMap, StatusLines.Of,
        static line => EntryBytes + (2 * line.Name.Length) + Bytes(line.Keys), MaxObjects);

    /// <summary>EndpointSlices, or what an older cluster has instead.</summary>
    public static IFeedSource<EndpointMark> Endpoints() =>
        new FirstServedSource<EndpointMark>(Slices(ApiResource.EndpointSlices), Slices(ApiResource.EndpointSlicesBeta), new FeedSource<Endpoints, EndpointMark>(
            ApiResource.Endpoints, KubernetesJson.Default.ObjectListEndpoints, KubernetesJson.Default.Endpoints, EndpointMark.Of, Weight, MaxObjects));

    private static FeedSource<EndpointSlice, EndpointMark> Slices(ApiResource resource) => new(
        resource, KubernetesJson.Default.ObjectListEndpointSlice, KubernetesJson.Default.EndpointSlice, EndpointMark.Of, Weight, MaxObjects);

    private static int Weight(EndpointMark mark) => EntryBytes + mark.Targets.Sum(target => 40 + (2 * target.Name.Length));

    private static int Bytes(IReadOnlyList<string>? texts) => texts?.Sum(text => 40 + (2 * text.Length)) ?? 0;
}
