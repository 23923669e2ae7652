using System.Security.Cryptography;
using System.Text;

namespace InfraGate.McpGateway.Guardrails;

/// <summary>Whose call it is, as the audit records it.</summary>
internal sealed record GuardrailContext
{
    /// <summary>The verified subject.</summary>
    public required string Subject { get; init; }

    /// <summary>The verified client.</summary>
    public required string Client { get; init; }

    /// <summary>A hash of the MCP session id, or null without a session; the id itself is a capability and is never written.</summary>
    public string? SessionHash { get; init; }

    /// <summary>The trace id of the request, or null.</summary>
    public string? TraceId { get; init; }

    /// <summary>The plan that the call is about, or null.</summary>
    public string? PlanId { get; init; }

    /// <summary>The names of the result's properties that carry text written by workloads.</summary>
    public IReadOnlySet<string> Untrusted { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>The hash under which a session appears in the audit: 12 hexadecimal digits of SHA-256.</summary>
    public static string? HashSession(string? sessionId) =>
        sessionId is null ? null : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sessionId)).AsSpan(0, 6));
}
