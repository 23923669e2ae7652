namespace InfraGate.McpGateway.Auth;

/// <summary>The issuer's metadata or keys cannot be read, so that no token can be judged: the caller is told 503, never 401 or 200.</summary>
internal sealed class IssuerUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
