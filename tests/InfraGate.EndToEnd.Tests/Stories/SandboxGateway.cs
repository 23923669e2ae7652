using InfraGate.RealParts.Browser;
using InfraGate.RealParts.Clusters;

namespace InfraGate.EndToEnd.Tests.Stories;

/// <summary>The stack on the product's simulated cluster.</summary>
public sealed class SandboxGateway() : StoryGateway(new SandboxCluster());

[CollectionDefinition(Name)]
public sealed class OnTheSandbox : ICollectionFixture<SandboxGateway>, ICollectionFixture<ChromiumFixture>
{
    public const string Name = "on the sandbox";
}
