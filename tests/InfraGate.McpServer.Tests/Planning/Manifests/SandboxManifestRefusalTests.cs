using InfraGate.McpServer.Tests.Clusters;
using InfraGate.RealParts.Clusters;

namespace InfraGate.McpServer.Tests.Planning.Manifests;

[Collection(SharedSandbox.Name)]
public sealed class SandboxManifestRefusalTests(SandboxCluster cluster) : ManifestRefusalScenarios(cluster);
