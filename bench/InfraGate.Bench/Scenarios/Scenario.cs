using InfraGate.Bench.Load;

namespace InfraGate.Bench.Scenarios;

/// <summary>A question that several contestants answer, one after the other, under the same load.</summary>
internal sealed record Scenario(string Name, IReadOnlyList<Contestant> Contestants);
