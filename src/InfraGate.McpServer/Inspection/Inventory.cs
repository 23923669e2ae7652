namespace InfraGate.McpServer.Inspection;

/// <summary>The clusters and namespaces a caller may use.</summary>
internal sealed record Inventory(IReadOnlyList<InventoryCluster> Clusters);

internal sealed record InventoryCluster(string Name, bool Reachable, string? Version, string? Problem, IReadOnlyList<string> Namespaces);
