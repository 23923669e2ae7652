using InfraGate.McpServer.Tests.Clusters;
using InfraGate.RealParts.ControlPlane;

namespace InfraGate.McpServer.Tests.Execution;

[Collection(SharedControlPlane.Name)]
public sealed class ControlPlaneUndoTests(ControlPlaneCluster cluster) : UndoScenarios(cluster);
