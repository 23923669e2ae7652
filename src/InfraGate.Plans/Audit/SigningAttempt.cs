namespace InfraGate.Plans.Audit;

/// <summary>What came of looking at the chain in order to sign its end.</summary>
/// <param name="At">When it was looked at.</param>
/// <param name="Signature">The signature that was made; null when none was.</param>
/// <param name="Break">Where the chain no longer continues what was signed before; null when it does.</param>
internal sealed record SigningAttempt(DateTimeOffset At, AuditSignature? Signature, AuditBreak? Break);
