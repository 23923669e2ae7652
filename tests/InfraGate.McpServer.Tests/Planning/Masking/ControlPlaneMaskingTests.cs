using InfraGate.McpServer.Tests.Clusters;
using InfraGate.RealParts.ControlPlane;

namespace InfraGate.McpServer.Tests.Planning.Masking;

[Collection(SharedControlPlane.Name)]
public sealed class ControlPlaneMaskingTests(ControlPlaneCluster cluster) : MaskingScenarios(cluster);
