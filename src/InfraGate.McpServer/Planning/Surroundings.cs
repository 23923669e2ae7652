namespace InfraGate.McpServer.Planning;

/// <summary>What is in the namespace beside the targets, as far as the operation makes it worth reading, and no more of it than findings ask for. Read once a plan.</summary>
internal sealed record Surroundings
{
    public static Surroundings None { get; } = new();

    public IReadOnlyList<NeighbourDeployment> Deployments { get; init; } = [];

    public IReadOnlyList<NeighbourService> Services { get; init; } = [];

    public IReadOnlyList<AlikePods> Pods { get; init; } = [];

    public IReadOnlyList<NeighbourAutoscaler> Autoscalers { get; init; } = [];

    public IReadOnlyList<DisruptionBudget> DisruptionBudgets { get; init; } = [];

    /// <summary>Kinds that could not be read, so that nothing is said of them.</summary>
    public IReadOnlyList<string> Unread { get; init; } = [];

    /// <summary>Kinds of which there are more than were read, so that nothing is said of the rest.</summary>
    public IReadOnlyList<string> PartlyRead { get; init; } = [];
}
