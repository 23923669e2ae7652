namespace InfraGate.Plans.Audit;

/// <summary>A checkpoint and the compact JWS that signs it.</summary>
internal sealed record AuditSignature(AuditCheckpoint Checkpoint, string Token);
