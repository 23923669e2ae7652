namespace InfraGate.Bench.Targets;

/// <summary>One target, judged by one run.</summary>
/// <param name="Number">Its number in the issue that set it.</param>
/// <param name="Text">What is asked.</param>
/// <param name="Measured">What was measured, in words.</param>
/// <param name="IsMet">Whether that is enough; null when the run did not measure it.</param>
internal sealed record TargetVerdict(int Number, string Text, string Measured, bool? IsMet);
