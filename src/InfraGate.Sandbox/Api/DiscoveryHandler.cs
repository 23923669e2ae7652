using System.Text.Json.Nodes;
using InfraGate.Sandbox.Resources;

namespace InfraGate.Sandbox.Api;

/// <summary>Answers what is served: groups, versions, resources, the version of the server, its health.</summary>
internal sealed class DiscoveryHandler(ResourceCatalog catalog)
{
    private static readonly string[] AllVerbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];

    /// <summary>The document at a path, or null when it is no discovery path.</summary>
    public JsonNode? Find(string path)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return parts switch
        {
            ["version"] => Version(),
            ["api"] => new JsonObject
            {
                ["kind"] = "APIVersions",
                ["versions"] = new JsonArray("v1"),
                ["serverAddressByClientCIDRs"] = new JsonArray(),
            },
            ["api", "v1"] => Resources(string.Empty, "v1"),
            ["apis"] => new JsonObject
            {
                ["kind"] = "APIGroupList",
                ["apiVersion"] = "v1",
                ["groups"] = new JsonArray([.. catalog.Groups.Select(group => Group(group.Group, group.Versions))]),
            },
            ["apis", var group] => catalog.Groups.Where(item => item.Group == group).Select(item => Versioned(Group(item.Group, item.Versions))).FirstOrDefault(),
            ["apis", var group, var version] => catalog.Groups.Any(item => item.Group == group && item.Versions.Contains(version)) ? Resources(group, version) : null,
            _ => null,
        };
    }

    private static JsonObject Versioned(JsonObject group)
    {
        group["kind"] = "APIGroup";
        group["apiVersion"] = "v1";
        return group;
    }

    private static JsonObject Group(string group, IReadOnlyList<string> versions)
    {
        static JsonObject Version(string group, string version) => new() { ["groupVersion"] = $"{group}/{version}", ["version"] = version };
        return new JsonObject
        {
            ["name"] = group,
            ["versions"] = new JsonArray([.. versions.Select(version => Version(group, version))]),
            ["preferredVersion"] = Version(group, versions[0]),
        };
    }

    private static JsonObject Entry(ServedResource resource)
    {
        var entry = new JsonObject
        {
            ["name"] = resource.Type.Plural,
            ["singularName"] = string.Empty,
            ["namespaced"] = resource.Type.Namespaced,
            ["kind"] = resource.Type.Kind,
            ["verbs"] = new JsonArray([.. AllVerbs.Select(verb => JsonValue.Create(verb))]),
        };
        if (resource.Type.ShortNames.Count > 0)
        {
            entry["shortNames"] = new JsonArray([.. resource.Type.ShortNames.Select(name => JsonValue.Create(name))]);
        }

        return entry;
    }

    private static JsonObject SubEntry(ServedResource resource, string subresource)
    {
        var (group, version, kind, verbs) = subresource switch
        {
            "scale" => ("autoscaling", "v1", "Scale", new[] { "get", "patch", "update" }),
            "token" => ("authentication.k8s.io", "v1", "TokenRequest", ["create"]),
            "log" => (string.Empty, string.Empty, resource.Type.Kind, ["get"]),
            _ => (string.Empty, string.Empty, resource.Type.Kind, ["get", "patch", "update"]),
        };
        var entry = new JsonObject
        {
            ["name"] = $"{resource.Type.Plural}/{subresource}",
            ["singularName"] = string.Empty,
            ["namespaced"] = resource.Type.Namespaced,
        };
        if (group.Length > 0)
        {
            entry["group"] = group;
            entry["version"] = version;
        }

        entry["kind"] = kind;
        entry["verbs"] = new JsonArray([.. verbs.Select(verb => JsonValue.Create(verb))]);
        return entry;
    }

    private static JsonObject Review() => new()
    {
        ["name"] = "selfsubjectaccessreviews",
        ["singularName"] = string.Empty,
        ["namespaced"] = false,
        ["kind"] = "SelfSubjectAccessReview",
        ["verbs"] = new JsonArray("create"),
    };

    private JsonObject Resources(string group, string version)
    {
        var entries = catalog.In(group, version).OrderBy(resource => resource.Type.Plural, StringComparer.Ordinal)
            .SelectMany(resource => resource.Type.Subresources.Order(StringComparer.Ordinal).Select(sub => SubEntry(resource, sub)).Prepend(Entry(resource)));
        return new JsonObject
        {
            ["kind"] = "APIResourceList",
            ["apiVersion"] = "v1",
            ["groupVersion"] = group.Length == 0 ? version : $"{group}/{version}",
            ["resources"] = new JsonArray([.. group == "authorization.k8s.io" ? [Review()] : entries]),
        };
    }

    private JsonObject Version() => new()
    {
        ["major"] = "1",
        ["minor"] = catalog.Minor.ToString(),
        ["gitVersion"] = $"v1.{catalog.Minor}.2+infragate-sandbox",
        ["gitCommit"] = "",
        ["gitTreeState"] = "clean",
        ["buildDate"] = "1970-01-01T00:00:00Z",
        ["goVersion"] = "none",
        ["compiler"] = "dotnet",
        ["platform"] = "linux/amd64",
    };
}
