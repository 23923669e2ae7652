using InfraGate.RealParts.Clusters;

namespace InfraGate.RealParts.Tests.Clusters;

public sealed class SandboxContractTests(SandboxCluster cluster) : ClusterContractTests(cluster), IClassFixture<SandboxCluster>;
