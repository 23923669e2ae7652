using InfraGate.Sandbox.Resources;

namespace InfraGate.Sandbox.Strategies;

/// <summary>The strategy of each resource.</summary>
internal sealed class StrategyCatalog
{
    private readonly Dictionary<ResourceType, ResourceStrategy> _strategies;

    public StrategyCatalog(ResourceCatalog catalog)
    {
        _strategies = catalog.All.ToDictionary(type => type, type => new ResourceStrategy(type));
        _strategies[catalog.Namespaces] = new NamespaceStrategy(catalog.Namespaces, catalog.Minor);
        _strategies[catalog.Pods] = new PodStrategy(catalog.Pods);
        _strategies[catalog.Services] = new ServiceStrategy(catalog.Services, catalog.Minor, new ServiceAllocator());
        _strategies[catalog.ConfigMaps] = new ConfigMapStrategy(catalog.ConfigMaps);
        _strategies[catalog.Deployments] = new DeploymentStrategy(catalog.Deployments);
        _strategies[catalog.LimitRanges] = new LimitRangeStrategy(catalog.LimitRanges);
        _strategies[catalog.ReplicaSets] = new ReplicaSetStrategy(catalog.ReplicaSets);
    }

    public ResourceStrategy For(ResourceType type) => _strategies[type];
}
