using InfraGate.McpServer.Tests.Clusters;
using InfraGate.RealParts.Clusters;

namespace InfraGate.McpServer.Tests.Planning.Masking;

[Collection(SharedSandbox.Name)]
public sealed class SandboxMaskingTests(SandboxCluster cluster) : MaskingScenarios(cluster);
