using InfraGate.EndToEnd.Tests.Gateways;
using InfraGate.RealParts.Clusters;

namespace InfraGate.EndToEnd.Tests.Load;

/// <summary>A gateway that may be asked as much as its machine can answer, with several namespaces that look alike.</summary>
public sealed class LoadGateway() : GatewayUnderTest(new SandboxCluster(), Namespaces)
{
    public const int Namespaces = 8;

    protected override IReadOnlyDictionary<string, string?> ConfigureGateway() => new Dictionary<string, string?> { ["INFRA_GATE_CALLS_PER_MINUTE"] = "0" };
}

/// <summary>Nothing else runs meanwhile: what is measured is the gateway's memory and its answers, not the machine's patience.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class UnderLoad : ICollectionFixture<LoadGateway>
{
    public const string Name = "under load";
}
