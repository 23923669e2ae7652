using InfraGate.McpServer.Tests.Clusters;
using InfraGate.RealParts.Clusters;

namespace InfraGate.McpServer.Tests.Planning.Findings;

[Collection(SharedSandbox.Name)]
public sealed class SandboxSurroundingFindingTests(SandboxCluster cluster) : SurroundingFindingScenarios(cluster);
