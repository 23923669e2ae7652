namespace InfraGate.RealParts.Clusters;

/// <summary>
/// A request that reached the API server and would change objects (create, update, patch, delete; not a dry-run, not a review such as
/// SelfSubjectAccessReview) and that did not come from the tests' own administrator, the controllers or the kubelet simulator.
/// </summary>
/// <param name="Verb"><c>create</c>, <c>update</c>, <c>patch</c>, <c>delete</c> or <c>deletecollection</c>.</param>
/// <param name="Path">Path and query of the request.</param>
/// <param name="User">Who the API server says asked; empty where it does not say.</param>
public sealed record ObservedWrite(string Verb, string Path, string Namespace, string User)
{
    internal static bool IsDryRun(string pathAndQuery) =>
        pathAndQuery.Split('?') is [_, var query] && query.Split('&').Any(pair => pair.StartsWith("dryRun=", StringComparison.Ordinal));

    internal static bool IsReview(string pathAndQuery) =>
        pathAndQuery.StartsWith("/apis/authorization.k8s.io/", StringComparison.Ordinal)
        || pathAndQuery.StartsWith("/apis/authentication.k8s.io/", StringComparison.Ordinal);
}
