using System.Text.Json.Nodes;
using InfraGate.RealParts.Clusters;

namespace InfraGate.McpServer.Tests.Inspection;

/// <summary>Something that is wrong in a namespace, and what must be said of it.</summary>
/// <param name="Cause">The cause that must be named.</param>
/// <param name="Tool">The read that must name it.</param>
/// <param name="ArrangeAsync">Makes it so in a new namespace; answers the read's arguments besides the namespace.</param>
internal sealed record DiagnosisCase(string Cause, string Tool, Func<IClusterUnderTest, string, Task<JsonObject>> ArrangeAsync)
{
    /// <summary>Regular expressions that the summary must match.</summary>
    public string[] Summary { get; init; } = [];

    /// <summary>What the evidence must quote.</summary>
    public string[] Evidence { get; init; } = [];

    /// <summary>What the advice must hold.</summary>
    public string Next { get; init; } = "";

    public string Severity { get; init; } = "critical";

    /// <summary>The verdict; null where it is not the point.</summary>
    public string? Health { get; init; }

    /// <summary>How much later the server reads than it is.</summary>
    public TimeSpan Later { get; init; }

    /// <summary>Lets go of what would outlive the test.</summary>
    public Func<IClusterUnderTest, string, Task> CleanUpAsync { get; init; } = (_, _) => Task.CompletedTask;
}
