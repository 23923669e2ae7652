using InfraGate.RealParts.Browser;
using InfraGate.RealParts.ControlPlane;

namespace InfraGate.EndToEnd.Tests.Stories;

/// <summary>The stack on a real API server with its controllers.</summary>
public sealed class ControlPlaneGateway() : StoryGateway(new ControlPlaneCluster());

[CollectionDefinition(Name)]
public sealed class OnTheControlPlane : ICollectionFixture<ControlPlaneGateway>, ICollectionFixture<ChromiumFixture>
{
    public const string Name = "on the control plane";
}
