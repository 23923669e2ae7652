using InfraGate.EndToEnd.Tests.Gateways;
using InfraGate.RealParts.Clusters;
using InfraGate.RealParts.Faults;

namespace InfraGate.EndToEnd.Tests.Crashes;

/// <summary>A gateway to be killed, on a cluster whose answers can be held back at any moment.</summary>
public sealed class CrashGateway : GatewayUnderTest
{
    private readonly SandboxCluster _sandbox;

    public CrashGateway()
        : this(new SandboxCluster())
    {
    }

    private CrashGateway(SandboxCluster sandbox)
        : base(sandbox, namespaces: 7) => _sandbox = sandbox;

    /// <summary>Between the server and the cluster.</summary>
    public FaultProxy Proxy => _sandbox.Proxy;

    // An executor that died is succeeded as soon as its lease has run out.
    protected override IReadOnlyDictionary<string, string?> ConfigureGateway() => new Dictionary<string, string?> { ["K8S_MCP_LEASE_SECONDS"] = "2" };
}

[CollectionDefinition(Name)]
public sealed class OnAGatewayToKill : ICollectionFixture<CrashGateway>
{
    public const string Name = "on a gateway to kill";
}
