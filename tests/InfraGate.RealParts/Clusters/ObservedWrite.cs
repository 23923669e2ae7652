namespace InfraGate.RealParts.Clusters;

/// <summary>
/// A request that reached the API server and would change objects (create, update, patch, delete; not a dry-run, not a review such as
/// SelfSubjectAccessReview) and that did not come from the tests' own administrator, the controllers or the kubelet simulator.
/// </summary>
/// <param name="Verb"><c>create</c>, <c>update</c>, <c>patch</c>, <c>delete</c> or <c>deletecollection</c>.</param>
/// <param name="Path">Path and query of the request.</param>
/// <param name="Namespace">Empty for what belongs to none.</param>
/// <param name="User">Who the API server says asked; empty where it does not say.</param>
public sealed record ObservedWrite(string Verb, string Path, string Namespace, string User)
{
    /// <summary>The write that an HTTP request is, as Kubernetes names it; null for one that changes nothing.</summary>
    internal static ObservedWrite? FromRequest(string method, string pathAndQuery)
    {
        var verb = method switch
        {
            "POST" => "create",
            "PUT" => "update",
            "PATCH" => "patch",
            "DELETE" => "delete",
            _ => null,
        };
        return verb is null || ChangesNothing(pathAndQuery) ? null : new ObservedWrite(verb, pathAndQuery, NamespaceOf(pathAndQuery), "");
    }

    /// <summary>Dry-runs and reviews are posted and leave everything as it is.</summary>
    internal static bool ChangesNothing(string pathAndQuery) =>
        IsDryRun(pathAndQuery)
        || pathAndQuery.StartsWith("/apis/authorization.k8s.io/", StringComparison.Ordinal)
        || pathAndQuery.StartsWith("/apis/authentication.k8s.io/", StringComparison.Ordinal);

    private static bool IsDryRun(string pathAndQuery) =>
        pathAndQuery.Split('?') is [_, var query] && query.Split('&').Any(pair => pair == "dryRun=All");

    private static string NamespaceOf(string pathAndQuery)
    {
        var segments = pathAndQuery.Split('?')[0].Split('/');
        var place = Array.IndexOf(segments, "namespaces");
        return place >= 0 && place + 1 < segments.Length ? segments[place + 1] : "";
    }
}
