using System.Text.Json;

namespace InfraGate.McpServer.Kubernetes.Models;

/// <summary>One line of a watch.</summary>
/// <param name="Type">ADDED, MODIFIED, DELETED, BOOKMARK or ERROR.</param>
/// <param name="Object">The object, of a bookmark only its kind and version; for ERROR a <see cref="StatusObject"/>.</param>
internal sealed record WatchLine(string? Type, JsonElement Object);
