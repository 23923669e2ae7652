using InfraGate.McpServer.Tests.Clusters;
using InfraGate.RealParts.Clusters;

namespace InfraGate.McpServer.Tests.Inspection.Caching;

[Collection(SharedSandbox.Name)]
public sealed class SandboxOwnWriteTests(SandboxCluster cluster) : OwnWriteScenarios(cluster);
