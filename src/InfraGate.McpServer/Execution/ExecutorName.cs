using System.Security.Cryptography;

namespace InfraGate.McpServer.Execution;

/// <summary>Names one attempt to carry a plan out: never the same twice, so that an executor thought dead cannot pass for its successor.</summary>
internal static class ExecutorName
{
    public static string New() => $"{Environment.MachineName}/{Environment.ProcessId}/{RandomNumberGenerator.GetHexString(16, lowercase: true)}";
}
