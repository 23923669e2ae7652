using System.Text.Json.Serialization;

namespace InfraGate.McpServer.Kubernetes.Models;

internal sealed record Service : IKubernetesObject
{
    public ObjectMeta Metadata { get; set; } = new();

    IObjectMeta IKubernetesObject.Metadata => Metadata;

    public ServiceSpec Spec { get; set; } = new();

    public ServiceStatus? Status { get; set; }
}

internal sealed record ServiceSpec
{
    public string? Type { get; set; }

    public string? ClusterIP { get; set; }

    public string? ExternalName { get; set; }

    public IReadOnlyDictionary<string, string>? Selector { get; set; }

    public IReadOnlyList<ServicePort>? Ports { get; set; }
}

internal sealed record ServicePort(string? Name, int Port, IntOrString? TargetPort, string? Protocol, int? NodePort);

internal sealed record ServiceStatus(LoadBalancerStatus? LoadBalancer);

internal sealed record LoadBalancerStatus(IReadOnlyList<LoadBalancerIngress>? Ingress);

internal sealed record LoadBalancerIngress(string? Ip, string? Hostname);

/// <summary>discovery.k8s.io EndpointSlice, v1 or v1beta1.</summary>
internal sealed record EndpointSlice : IKubernetesObject
{
    public ObjectMeta Metadata { get; set; } = new();

    IObjectMeta IKubernetesObject.Metadata => Metadata;

    public IReadOnlyList<SliceEndpoint>? Endpoints { get; set; }

    public IReadOnlyList<SlicePort>? Ports { get; set; }
}

internal sealed record SliceEndpoint(IReadOnlyList<string>? Addresses, EndpointConditions? Conditions, ObjectReference? TargetRef);

internal sealed record EndpointConditions(bool? Ready, bool? Serving, bool? Terminating);

internal sealed record SlicePort(string? Name, int? Port);

internal sealed record ObjectReference
{
    public string? Kind { get; set; }

    public string? Name { get; set; }

    public string? FieldPath { get; set; }
}

/// <summary>v1 Endpoints, for clusters that serve no EndpointSlices.</summary>
internal sealed record Endpoints : IKubernetesObject
{
    public ObjectMeta Metadata { get; set; } = new();

    IObjectMeta IKubernetesObject.Metadata => Metadata;

    public IReadOnlyList<EndpointSubset>? Subsets { get; set; }
}

internal sealed record EndpointSubset(IReadOnlyList<EndpointAddress>? Addresses, IReadOnlyList<EndpointAddress>? NotReadyAddresses);

internal sealed record EndpointAddress(string? Ip, ObjectReference? TargetRef);

/// <summary>A ConfigMap as keys and sizes: its values are measured while they are parsed and never kept.</summary>
internal sealed record ConfigMap : IKubernetesObject
{
    public ObjectMeta Metadata { get; set; } = new();

    IObjectMeta IKubernetesObject.Metadata => Metadata;

    [JsonConverter(typeof(ValueSizesConverter))]
    public IReadOnlyDictionary<string, int>? Data { get; set; }

    [JsonConverter(typeof(ValueSizesConverter))]
    public IReadOnlyDictionary<string, int>? BinaryData { get; set; }

    public bool? Immutable { get; set; }
}
