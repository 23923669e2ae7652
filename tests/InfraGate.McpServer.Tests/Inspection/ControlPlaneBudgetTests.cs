using InfraGate.McpServer.Tests.Clusters;
using InfraGate.RealParts.ControlPlane;

namespace InfraGate.McpServer.Tests.Inspection;

[Collection(SharedControlPlane.Name)]
public sealed class ControlPlaneBudgetTests(ControlPlaneCluster cluster) : BudgetScenarios(cluster);
