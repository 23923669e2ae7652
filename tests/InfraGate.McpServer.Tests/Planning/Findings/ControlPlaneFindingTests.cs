using InfraGate.McpServer.Tests.Clusters;
using InfraGate.RealParts.ControlPlane;

namespace InfraGate.McpServer.Tests.Planning.Findings;

[Collection(SharedControlPlane.Name)]
public sealed class ControlPlaneFindingTests(ControlPlaneCluster cluster) : FindingScenarios(cluster);
