using InfraGate.McpServer.Tests.Clusters;
using InfraGate.RealParts.ControlPlane;

namespace InfraGate.McpServer.Tests.Planning.Manifests;

[Collection(SharedControlPlane.Name)]
public sealed class ControlPlaneManifestRefusalTests(ControlPlaneCluster cluster) : ManifestRefusalScenarios(cluster);
