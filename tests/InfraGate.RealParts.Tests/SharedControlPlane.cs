using InfraGate.RealParts.ControlPlane;

namespace InfraGate.RealParts.Tests;

[CollectionDefinition(Name)]
public sealed class SharedControlPlane : ICollectionFixture<ControlPlaneCluster>
{
    public const string Name = "control plane";
}
