using InfraGate.Bench.Load;

namespace InfraGate.Bench.Scenarios;

/// <summary>A question that several contestants answer in turns, under the same load.</summary>
internal sealed record Scenario(string Name, IReadOnlyList<Contestant> Contestants)
{
    /// <summary>How many turns each contestant takes: a machine whose speed changes meanwhile is as fast or slow for one as for the other.</summary>
    public int Turns { get; init; } = 5;
}
