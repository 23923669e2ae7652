using InfraGate.RealParts.ControlPlane;

namespace InfraGate.RealParts.Tests.Clusters;

[Collection(SharedControlPlane.Name)]
public sealed class ControlPlaneContractTests(ControlPlaneCluster cluster) : ClusterContractTests(cluster);
