using InfraGate.McpServer.Tests.Clusters;
using InfraGate.RealParts.ControlPlane;

namespace InfraGate.McpServer.Tests.Planning.Operations;

[Collection(SharedControlPlane.Name)]
public sealed class ControlPlaneDryRunTests(ControlPlaneCluster cluster) : DryRunScenarios(cluster);
