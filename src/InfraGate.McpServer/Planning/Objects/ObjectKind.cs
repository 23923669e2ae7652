using InfraGate.McpServer.Kubernetes;

namespace InfraGate.McpServer.Planning.Objects;

/// <summary>A kind that plans may change.</summary>
internal sealed record ObjectKind
{
    public static readonly ObjectKind Deployment = new(ApiResource.Deployments);
    public static readonly ObjectKind Service = new(ApiResource.Services);
    public static readonly ObjectKind ConfigMap = new(ApiResource.ConfigMaps);

    private ObjectKind(ApiResource resource) => Resource = resource;

    public static IReadOnlyList<ObjectKind> All { get; } = [Deployment, Service, ConfigMap];

    /// <summary>For people: what can be changed at all.</summary>
    public static string Supported { get; } = string.Join(", ", All.Select(kind => $"{kind.ApiVersion} {kind.Name}"));

    public ApiResource Resource { get; }

    public string ApiVersion => Resource.ApiVersion;

    public string Name => Resource.Kind;

    public static ObjectKind? Find(string apiVersion, string kind) => All.FirstOrDefault(known => known.ApiVersion == apiVersion && known.Name == kind);

    /// <summary>The kind of a sealed target, which no code but the planner's can have chosen.</summary>
    public static ObjectKind Of(string apiVersion, string kind) =>
        Find(apiVersion, kind) ?? throw new InvalidOperationException($"A sealed plan names {apiVersion} {kind}.");

    public override string ToString() => Name;
}
