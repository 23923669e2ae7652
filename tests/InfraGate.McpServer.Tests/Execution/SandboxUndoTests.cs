using InfraGate.McpServer.Tests.Clusters;
using InfraGate.RealParts.Clusters;

namespace InfraGate.McpServer.Tests.Execution;

[Collection(SharedSandbox.Name)]
public sealed class SandboxUndoTests(SandboxCluster cluster) : UndoScenarios(cluster);
