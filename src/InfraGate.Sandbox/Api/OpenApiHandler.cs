using System.Text.Json.Nodes;
using InfraGate.Sandbox.Resources;

namespace InfraGate.Sandbox.Api;

/// <summary>
/// The little of /openapi/v3 by which kubectl finds out that the server validates fields itself (the fieldValidation parameter), from 1.25 on.
/// </summary>
internal sealed class OpenApiHandler(ResourceCatalog catalog)
{
    private const string Prefix = "/openapi/v3";
    private static readonly string[] Parameters = ["dryRun", "fieldManager", "fieldValidation", "force"];

    public JsonNode? Find(string path)
    {
        if (catalog.Minor < 25)
        {
            return null;
        }

        var groupVersions = catalog.Groups.SelectMany(group => group.Versions.Select(version => $"apis/{group.Group}/{version}")).Prepend("api/v1").ToList();
        if (path == Prefix)
        {
            var paths = new JsonObject();
            foreach (var name in groupVersions)
            {
                paths[name] = new JsonObject { ["serverRelativeURL"] = $"{Prefix}/{name}" };
            }

            return new JsonObject { ["paths"] = paths };
        }

        var wanted = groupVersions.Find(name => path == $"{Prefix}/{name}");
        return wanted is null ? null : Document(wanted);
    }

    private JsonObject Document(string name)
    {
        var (group, version) = name.Split('/') is [_, var named, var numbered] ? (named, numbered) : (string.Empty, "v1");
        var paths = new JsonObject();
        foreach (var resource in catalog.In(group, version))
        {
            var scope = resource.Type.Namespaced ? "namespaces/{namespace}/" : string.Empty;
            paths[$"/{name}/{scope}{resource.Type.Plural}/{{name}}"] = new JsonObject { ["patch"] = Patch(resource) };
        }

        return new JsonObject
        {
            ["openapi"] = "3.0.0",
            ["info"] = new JsonObject { ["title"] = "InfraGate sandbox", ["version"] = $"v1.{catalog.Minor}" },
            ["paths"] = paths,
            ["components"] = new JsonObject { ["schemas"] = new JsonObject() },
        };
    }

    private static JsonObject Patch(ServedResource resource) => new()
    {
        ["parameters"] = new JsonArray([.. Parameters.Select(parameter => new JsonObject
        {
            ["name"] = parameter,
            ["in"] = "query",
            ["schema"] = new JsonObject { ["type"] = "string", ["uniqueItems"] = true },
        })]),
        ["responses"] = new JsonObject { ["200"] = new JsonObject { ["description"] = "OK" } },
        ["x-kubernetes-action"] = "patch",
        ["x-kubernetes-group-version-kind"] = new JsonObject
        {
            ["group"] = resource.Group,
            ["version"] = resource.Version,
            ["kind"] = resource.Type.Kind,
        },
    };
}
