using InfraGate.RealParts.Clusters;
using InfraGate.RealParts.ControlPlane;

namespace InfraGate.McpServer.Tests.Clusters;

[CollectionDefinition(Name)]
public sealed class SharedControlPlane : ICollectionFixture<ControlPlaneCluster>
{
    public const string Name = "control plane";
}

[CollectionDefinition(Name)]
public sealed class SharedSandbox : ICollectionFixture<SandboxCluster>
{
    public const string Name = "sandbox";
}
