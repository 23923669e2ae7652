namespace InfraGate.McpServer.Kubernetes;

/// <summary>What a listing came to.</summary>
/// <param name="Value">The folded state or the objects.</param>
/// <param name="Count">How many objects were seen.</param>
/// <param name="IsComplete">False when the bound was reached before the end.</param>
/// <param name="ResourceVersion">The version at which the collection looked so; a watch from there on misses nothing.</param>
internal sealed record Listing<T>(T Value, int Count, bool IsComplete, string? ResourceVersion);
