using InfraGate.McpServer.Tests.Clusters;
using InfraGate.RealParts.ControlPlane;

namespace InfraGate.McpServer.Tests.Inspection.Caching;

[Collection(SharedControlPlane.Name)]
public sealed class ControlPlaneMemoryTests(ControlPlaneCluster cluster) : MemoryScenarios(cluster);
