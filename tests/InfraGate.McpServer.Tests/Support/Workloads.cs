using System.Text.Json.Nodes;
using InfraGate.RealParts.Clusters;
using InfraGate.RealParts.Waiting;

namespace InfraGate.McpServer.Tests.Support;

/// <summary>
/// Workloads that fail in one way on both clusters: the sandbox reads it from the image's tag, the kubelet simulator from the annotations.
/// </summary>
internal static class Workloads
{
    private const string Prefix = "simulator.infragate.dev/";

    public static JsonObject Deployment(string ns, string name, string image, string? behaviour = null, int replicas = 1, Action<JsonObject>? change = null)
    {
        var annotations = new JsonObject();
        if (behaviour is not null)
        {
            annotations[Prefix + "behaviour"] = behaviour;
        }

        var deployment = Parse($$"""
            {
              "apiVersion": "apps/v1", "kind": "Deployment",
              "metadata": { "name": "{{name}}", "namespace": "{{ns}}" },
              "spec": {
                "replicas": {{replicas}},
                "selector": { "matchLabels": { "app": "{{name}}" } },
                "template": {
                  "metadata": { "labels": { "app": "{{name}}" } },
                  "spec": { "containers": [ {
                    "name": "web", "image": "{{image}}",
                    "ports": [ { "name": "http", "containerPort": 8080 } ],
                    "resources": { "requests": { "cpu": "10m", "memory": "16Mi" }, "limits": { "cpu": "100m", "memory": "64Mi" } }
                  } ] }
                }
              }
            }
            """);
        deployment["spec"]!["template"]!["metadata"]!["annotations"] = annotations;
        change?.Invoke(deployment);
        return deployment;
    }

    public static JsonObject Service(string ns, string name, JsonObject selector, JsonNode targetPort) => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "Service",
        ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = ns },
        ["spec"] = new JsonObject
        {
            ["selector"] = selector,
            ["ports"] = new JsonArray(new JsonObject { ["name"] = "http", ["port"] = 80, ["protocol"] = "TCP", ["targetPort"] = targetPort }),
        },
    };

    /// <summary>The name of the first Pod of a namespace, once one is as it must be.</summary>
    public static async Task<string> PodOfAsync(IClusterUnderTest cluster, string ns, Func<JsonObject, bool>? condition = null)
    {
        var pods = await Eventually.GetAsync(() => cluster.Admin.ListAsync(KubePath.Pods(ns)), found => found.Any(condition ?? (_ => true)));
        return (string)pods.First(condition ?? (_ => true))["metadata"]!["name"]!;
    }

    public static bool IsReady(JsonObject pod) =>
        pod["status"]?["conditions"]?.AsArray().Any(condition => (string?)condition!["type"] == "Ready" && (string?)condition["status"] == "True") == true;

    public static JsonObject Container(JsonObject deployment) => deployment["spec"]!["template"]!["spec"]!["containers"]![0]!.AsObject();

    public static JsonObject Parse(string json) => JsonNode.Parse(json)!.AsObject();
}
