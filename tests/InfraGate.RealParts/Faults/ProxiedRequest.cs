namespace InfraGate.RealParts.Faults;

/// <summary>A request as it arrived at the proxy.</summary>
/// <param name="Number">1 for the first request that arrived.</param>
/// <param name="Headers">Without the bearer token.</param>
public sealed record ProxiedRequest(int Number, string Method, string PathAndQuery, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>POST, PUT, PATCH or DELETE, without <c>dryRun=All</c>.</summary>
    public bool IsWrite => Clusters.ObservedWrite.FromRequest(Method, PathAndQuery) is not null;

    public bool IsDryRun => PathAndQuery.Contains("dryRun=All", StringComparison.Ordinal);
}
