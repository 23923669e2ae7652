using InfraGate.McpServer.Tests.Clusters;
using InfraGate.RealParts.Clusters;

namespace InfraGate.McpServer.Tests.Inspection;

[Collection(SharedSandbox.Name)]
public sealed class SandboxBudgetTests(SandboxCluster cluster) : BudgetScenarios(cluster);
