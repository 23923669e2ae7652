namespace InfraGate.McpServer.Inspection.Resources;

/// <summary>An object as it was read.</summary>
/// <param name="Version">Its resource version.</param>
/// <param name="View">Builds the view with lists of a given length.</param>
internal sealed record ResourceReading(string? Version, Func<int, ResourceView> View);
