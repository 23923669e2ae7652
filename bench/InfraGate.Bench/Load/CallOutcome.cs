namespace InfraGate.Bench.Load;

/// <summary>How one call ended.</summary>
/// <param name="Bytes">The size of the answer's body.</param>
/// <param name="Problem">What was wrong; null for a success.</param>
internal readonly record struct CallOutcome(int Bytes, string? Problem);
