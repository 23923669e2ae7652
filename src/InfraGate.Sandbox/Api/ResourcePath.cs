namespace InfraGate.Sandbox.Api;

/// <summary>The parts of a resource's URL.</summary>
internal sealed record ResourcePath(string Group, string Version, string? Namespace, string Resource, string? Name, string? Subresource)
{
    /// <summary>
    /// Parses <c>/api/v1/…</c> and <c>/apis/group/version/…</c>; null when the path names no resource.
    /// </summary>
    public static ResourcePath? Parse(string path)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString).ToArray();
        return parts switch
        {
            ["api", var version, .. var rest] => Rest(string.Empty, version, rest),
            ["apis", var group, var version, .. var rest] => Rest(group, version, rest),
            _ => null,
        };
    }

    private static ResourcePath? Rest(string group, string version, string[] rest) => rest switch
    {
        ["namespaces", var space, var resource] when !(group.Length == 0 && resource is "status" or "finalize") =>
            new(group, version, space, resource, null, null),
        ["namespaces", var space, var resource, var name] => new(group, version, space, resource, name, null),
        ["namespaces", var space, var resource, var name, var subresource] => new(group, version, space, resource, name, subresource),
        [var resource] => new(group, version, null, resource, null, null),
        [var resource, var name] => new(group, version, null, resource, name, null),
        [var resource, var name, var subresource] => new(group, version, null, resource, name, subresource),
        _ => null,
    };
}
