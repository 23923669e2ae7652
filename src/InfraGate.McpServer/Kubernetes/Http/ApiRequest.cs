namespace InfraGate.McpServer.Kubernetes.Http;

/// <summary>One request to the API server.</summary>
/// <param name="PathAndQuery">Relative to the server, without a leading slash.</param>
internal sealed record ApiRequest(HttpMethod Method, string PathAndQuery)
{
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(15);

    public ReadOnlyMemory<byte> Body { get; init; }

    public string? ContentType { get; init; }

    public string Accept { get; init; } = "application/json";

    /// <summary>Whether sending it twice does no harm: reads and dry-runs. Only these are retried.</summary>
    public bool IsSafe { get; init; }

    /// <summary>For the whole exchange, retries and body included.</summary>
    public TimeSpan Timeout { get; init; } = DefaultTimeout;

    public Impersonation? Impersonation { get; init; }

    public static ApiRequest Get(string pathAndQuery) => new(HttpMethod.Get, pathAndQuery) { IsSafe = true };
}
