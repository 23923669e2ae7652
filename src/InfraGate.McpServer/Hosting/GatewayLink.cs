namespace InfraGate.McpServer.Hosting;

/// <summary>What a gateway tells the server it launches.</summary>
/// <param name="ProcessId">The gateway's process id; it must be this process's parent.</param>
/// <param name="GrantPublicKey">The ES256 key that verifies grants, as SubjectPublicKeyInfo DER.</param>
internal sealed record GatewayLink(int ProcessId, ReadOnlyMemory<byte> GrantPublicKey);
