using System.Text.Json.Nodes;

namespace InfraGate.McpServer.Planning;

/// <summary>What is in the namespace beside the targets, as far as the operation makes it worth reading. Bounded; read once a plan.</summary>
internal sealed record Surroundings
{
    public static Surroundings None { get; } = new();

    public IReadOnlyList<JsonObject> Deployments { get; init; } = [];

    public IReadOnlyList<JsonObject> Services { get; init; } = [];

    public IReadOnlyList<JsonObject> Pods { get; init; } = [];

    public IReadOnlyList<JsonObject> Autoscalers { get; init; } = [];

    public IReadOnlyList<JsonObject> DisruptionBudgets { get; init; } = [];

    /// <summary>Kinds that could not be read, so that nothing is said of them.</summary>
    public IReadOnlyList<string> Unread { get; init; } = [];
}
