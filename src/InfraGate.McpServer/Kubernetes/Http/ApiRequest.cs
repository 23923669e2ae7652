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

    /// <summary>
    /// Whether it goes on until its time is up, as a watch does. Such requests share a connection (HTTP/2); any other has one to itself while it lasts (HTTP/1.1), which brings its answer sooner,
    /// and a write mostly goes over the one on which its dry run was just answered.
    /// </summary>
    public bool IsLasting { get; init; }

    /// <summary>For the whole exchange, retries and body included.</summary>
    public TimeSpan Timeout { get; init; } = DefaultTimeout;

    public Impersonation? Impersonation { get; init; }

    public static ApiRequest Get(string pathAndQuery) => new(HttpMethod.Get, pathAndQuery) { IsSafe = true };
}
