using System.Text.Json.Nodes;

namespace InfraGate.RealParts.Clusters;

/// <summary>Paths of the Kubernetes REST API.</summary>
public static class KubePath
{
    private static readonly Dictionary<string, string> Plurals = new()
    {
        ["ConfigMap"] = "configmaps",
        ["Deployment"] = "deployments",
        ["HorizontalPodAutoscaler"] = "horizontalpodautoscalers",
        ["LimitRange"] = "limitranges",
        ["Namespace"] = "namespaces",
        ["Node"] = "nodes",
        ["Pod"] = "pods",
        ["PodDisruptionBudget"] = "poddisruptionbudgets",
        ["ReplicaSet"] = "replicasets",
        ["ResourceQuota"] = "resourcequotas",
        ["Role"] = "roles",
        ["RoleBinding"] = "rolebindings",
        ["ClusterRole"] = "clusterroles",
        ["ClusterRoleBinding"] = "clusterrolebindings",
        ["Secret"] = "secrets",
        ["Service"] = "services",
        ["ServiceAccount"] = "serviceaccounts",
    };

    public static string Namespace(string name) => $"/api/v1/namespaces/{name}";

    /// <summary>A collection of the core group, e.g. <c>Core("demo", "pods")</c>.</summary>
    public static string Core(string @namespace, string plural) => $"/api/v1/namespaces/{@namespace}/{plural}";

    public static string Pods(string @namespace) => Core(@namespace, "pods");

    public static string Pod(string @namespace, string name) => $"{Pods(@namespace)}/{name}";

    public static string PodLog(string @namespace, string name) => $"{Pod(@namespace, name)}/log";

    public static string Service(string @namespace, string name) => $"{Core(@namespace, "services")}/{name}";

    public static string ConfigMap(string @namespace, string name) => $"{Core(@namespace, "configmaps")}/{name}";

    public static string Deployments(string @namespace) => $"/apis/apps/v1/namespaces/{@namespace}/deployments";

    public static string Deployment(string @namespace, string name) => $"{Deployments(@namespace)}/{name}";

    public static string ReplicaSets(string @namespace) => $"/apis/apps/v1/namespaces/{@namespace}/replicasets";

    public static string Events(string @namespace) => $"/apis/events.k8s.io/v1/namespaces/{@namespace}/events";

    /// <summary>The path of the object that a manifest describes.</summary>
    public static string Of(JsonObject manifest) => $"{CollectionOf(manifest)}/{(string)manifest["metadata"]!["name"]!}";

    /// <summary>The path of the collection that an object of this manifest is created in.</summary>
    public static string CollectionOf(JsonObject manifest)
    {
        var apiVersion = (string)manifest["apiVersion"]!;
        var kind = (string)manifest["kind"]!;
        if (!Plurals.TryGetValue(kind, out var plural))
            throw new NotSupportedException($"The tests know no path for kind {kind}.");
        var group = apiVersion.Contains('/', StringComparison.Ordinal) ? $"/apis/{apiVersion}" : $"/api/{apiVersion}";
        var @namespace = (string?)manifest["metadata"]!["namespace"];
        return @namespace is null ? $"{group}/{plural}" : $"{group}/namespaces/{@namespace}/{plural}";
    }
}
