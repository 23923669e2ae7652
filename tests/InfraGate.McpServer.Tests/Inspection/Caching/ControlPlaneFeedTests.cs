using InfraGate.McpServer.Tests.Clusters;
using InfraGate.RealParts.ControlPlane;

namespace InfraGate.McpServer.Tests.Inspection.Caching;

[Collection(SharedControlPlane.Name)]
public sealed class ControlPlaneFeedTests(ControlPlaneCluster cluster) : FeedScenarios(cluster);
