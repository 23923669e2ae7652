using System.Text.Json.Serialization;

namespace InfraGate.McpServer.Kubernetes.Models;

internal sealed record Service
{
    public ObjectMeta Metadata { get; init; } = new();

    public ServiceSpec Spec { get; init; } = new();

    public ServiceStatus? Status { get; init; }
}

internal sealed record ServiceSpec
{
    public string? Type { get; init; }

    public string? ClusterIP { get; init; }

    public string? ExternalName { get; init; }

    public IReadOnlyDictionary<string, string>? Selector { get; init; }

    public IReadOnlyList<ServicePort>? Ports { get; init; }
}

internal sealed record ServicePort(string? Name, int Port, IntOrString? TargetPort, string? Protocol, int? NodePort);

internal sealed record ServiceStatus(LoadBalancerStatus? LoadBalancer);

internal sealed record LoadBalancerStatus(IReadOnlyList<LoadBalancerIngress>? Ingress);

internal sealed record LoadBalancerIngress(string? Ip, string? Hostname);

/// <summary>discovery.k8s.io EndpointSlice, v1 or v1beta1.</summary>
internal sealed record EndpointSlice
{
    public ObjectMeta Metadata { get; init; } = new();

    public IReadOnlyList<SliceEndpoint>? Endpoints { get; init; }

    public IReadOnlyList<SlicePort>? Ports { get; init; }
}

internal sealed record SliceEndpoint(IReadOnlyList<string>? Addresses, EndpointConditions? Conditions, ObjectReference? TargetRef);

internal sealed record EndpointConditions(bool? Ready, bool? Serving, bool? Terminating);

internal sealed record SlicePort(string? Name, int? Port);

internal sealed record ObjectReference
{
    public string? Kind { get; init; }

    public string? Name { get; init; }

    public string? FieldPath { get; init; }
}

/// <summary>v1 Endpoints, for clusters that serve no EndpointSlices.</summary>
internal sealed record Endpoints
{
    public ObjectMeta Metadata { get; init; } = new();

    public IReadOnlyList<EndpointSubset>? Subsets { get; init; }
}

internal sealed record EndpointSubset(IReadOnlyList<EndpointAddress>? Addresses, IReadOnlyList<EndpointAddress>? NotReadyAddresses);

internal sealed record EndpointAddress(string? Ip, ObjectReference? TargetRef);

/// <summary>A ConfigMap as keys and sizes: its values are measured while they are parsed and never kept.</summary>
internal sealed record ConfigMap
{
    public ObjectMeta Metadata { get; init; } = new();

    [JsonConverter(typeof(ValueSizesConverter))]
    public IReadOnlyDictionary<string, int>? Data { get; init; }

    [JsonConverter(typeof(ValueSizesConverter))]
    public IReadOnlyDictionary<string, int>? BinaryData { get; init; }

    public bool? Immutable { get; init; }
}
