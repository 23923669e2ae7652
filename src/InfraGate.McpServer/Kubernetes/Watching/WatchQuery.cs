using System.Globalization;

namespace InfraGate.McpServer.Kubernetes.Watching;

/// <summary>From where, and for how long, a collection is followed.</summary>
/// <param name="Version">The version after which changes are told.</param>
/// <param name="Lifetime">After which the API server is asked to end the watch; whole seconds.</param>
/// <param name="Grace">How much longer it may take before the watch counts as broken.</param>
/// <remarks>https://kubernetes.io/docs/reference/using-api/api-concepts/#efficient-detection-of-changes</remarks>
internal sealed record WatchQuery(string Version, TimeSpan Lifetime, TimeSpan Grace)
{
    public string ToQueryString() =>
        $"?watch=true&allowWatchBookmarks=true&resourceVersion={Uri.EscapeDataString(Version)}"
        + $"&timeoutSeconds={((int)Lifetime.TotalSeconds).ToString(CultureInfo.InvariantCulture)}";
}
