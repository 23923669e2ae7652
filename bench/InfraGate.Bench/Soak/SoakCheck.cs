namespace InfraGate.Bench.Soak;

/// <summary>One promise that must hold at the end.</summary>
/// <param name="Promise">What must be so.</param>
/// <param name="Found">What was found.</param>
/// <param name="Holds">Whether it is so; null when the run was too short to say.</param>
internal sealed record SoakCheck(string Promise, string Found, bool? Holds);
