using InfraGate.McpServer.Tests.Clusters;
using InfraGate.RealParts.Clusters;

namespace InfraGate.McpServer.Tests.Planning.Operations;

[Collection(SharedSandbox.Name)]
public sealed class SandboxDryRunTests(SandboxCluster cluster) : DryRunScenarios(cluster);
