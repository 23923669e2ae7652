using System.Text;
using System.Text.Json.Nodes;
using InfraGate.McpServer.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace InfraGate.McpServer.Tests.Tools.Fuzz;

/// <summary>
/// An API server that holds one object of each kind, all called <c>web</c>, allows everything, and merges every patch into the object; quick, so that a slow call is the product's doing.
/// </summary>
internal static class EchoingCluster
{
    private const string Uid = "11111111-1111-1111-1111-111111111111";

    public static async Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        var found = path.EndsWith("/web", StringComparison.Ordinal) ? Held(path.Split('/')[^2]) : null;
        if (context.Request.Method == "POST")
        {
            await FakeApiServer.JsonAsync(context, """{ "kind": "SelfSubjectAccessReview", "status": { "allowed": true } }""", 201);
        }
        else if (context.Request.Method == "PATCH")
        {
            await FakeApiServer.JsonAsync(context, Merged(found, await SentAsync(context.Request)).ToJsonString(), found is null ? 201 : 200);
        }
        else if (path.EndsWith("/web/log", StringComparison.Ordinal))
        {
            await context.Response.WriteAsync("started\n");
        }
        else if (found is not null)
        {
            await FakeApiServer.JsonAsync(context, found.ToJsonString());
        }
        else if (IsList(path))
        {
            await FakeApiServer.JsonAsync(context, """{ "metadata": { "resourceVersion": "1" }, "items": [] }""");
        }
        else
        {
            await FakeApiServer.StatusAsync(context, 404, "not found", "NotFound");
        }
    }

    // /api/v1/namespaces/shop/pods, /apis/apps/v1/namespaces/shop/deployments
    private static bool IsList(string path) => path.Split('/').Length == (path.StartsWith("/api/", StringComparison.Ordinal) ? 6 : 7);

    private static async Task<JsonObject> SentAsync(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body, Encoding.UTF8);
        return Workloads.Parse(await reader.ReadToEndAsync());
    }

    private static JsonObject Merged(JsonObject? into, JsonObject sent)
    {
        var result = into ?? Object("v1", "ConfigMap");
        foreach (var (name, value) in sent)
        {
            result[name] = value is JsonObject child && result[name] is JsonObject own ? Merged((JsonObject)own.DeepClone(), child) : value?.DeepClone();
        }

        return result;
    }

    private static JsonObject? Held(string plural) => plural switch
    {
        "deployments" => Deployment(),
        "configmaps" => Object("v1", "ConfigMap"),
        "services" => Object("v1", "Service"),
        "pods" => Pod(),
        _ => null,
    };

    private static JsonObject Deployment()
    {
        var deployment = Workloads.Deployment("shop", "web", "registry.local/web:1.2.3");
        deployment["metadata"] = Metadata();
        return deployment;
    }

    private static JsonObject Pod()
    {
        var pod = Object("v1", "Pod");
        pod["spec"] = Deployment()["spec"]!["template"]!["spec"]!.DeepClone();
        return pod;
    }

    private static JsonObject Object(string apiVersion, string kind) =>
        new() { ["apiVersion"] = apiVersion, ["kind"] = kind, ["metadata"] = Metadata() };

    private static JsonObject Metadata() => new() { ["name"] = "web", ["namespace"] = "shop", ["uid"] = Uid, ["resourceVersion"] = "7" };
}
