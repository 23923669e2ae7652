namespace InfraGate.McpServer.Planning.Objects;

/// <summary>A kind that plans may change, with its place in the Kubernetes API.</summary>
internal sealed record ObjectKind
{
    public static readonly ObjectKind Deployment = new("apps/v1", "Deployment", "apps", "deployments");
    public static readonly ObjectKind Service = new("v1", "Service", "", "services");
    public static readonly ObjectKind ConfigMap = new("v1", "ConfigMap", "", "configmaps");

    private ObjectKind(string apiVersion, string name, string group, string plural) =>
        (ApiVersion, Name, Group, Plural) = (apiVersion, name, group, plural);

    public static IReadOnlyList<ObjectKind> All { get; } = [Deployment, Service, ConfigMap];

    /// <summary>For people: what can be changed at all.</summary>
    public static string Supported { get; } = string.Join(", ", All.Select(kind => $"{kind.ApiVersion} {kind.Name}"));

    public string ApiVersion { get; }

    public string Name { get; }

    /// <summary>The API group; empty for the core group.</summary>
    public string Group { get; }

    /// <summary>The resource, as in paths and access reviews.</summary>
    public string Plural { get; }

    public static ObjectKind? Find(string apiVersion, string kind) => All.FirstOrDefault(known => known.ApiVersion == apiVersion && known.Name == kind);

    /// <summary>The kind of a sealed target, which no code but the planner's can have chosen.</summary>
    public static ObjectKind Of(string apiVersion, string kind) =>
        Find(apiVersion, kind) ?? throw new InvalidOperationException($"A sealed plan names {apiVersion} {kind}.");

    /// <summary>The path of one object.</summary>
    public string PathOf(string @namespace, string name) => $"{CollectionOf(@namespace)}/{name}";

    /// <summary>The path of the kind's objects in a namespace.</summary>
    public string CollectionOf(string @namespace) => $"{(Group.Length == 0 ? "/api/" : "/apis/")}{ApiVersion}/namespaces/{@namespace}/{Plural}";

    public override string ToString() => Name;
}
