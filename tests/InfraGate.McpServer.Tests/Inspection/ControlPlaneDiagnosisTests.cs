using InfraGate.McpServer.Tests.Clusters;
using InfraGate.RealParts.ControlPlane;

namespace InfraGate.McpServer.Tests.Inspection;

[Collection(SharedControlPlane.Name)]
public sealed class ControlPlaneDiagnosisTests(ControlPlaneCluster cluster) : DiagnosisScenarios(cluster);
