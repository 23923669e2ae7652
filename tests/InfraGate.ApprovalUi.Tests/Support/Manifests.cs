using System.Text.Json.Nodes;

namespace InfraGate.ApprovalUi.Tests.Support;

/// <summary>Objects as the API server has them, noise taken away.</summary>
internal static class Manifests
{
    public const string Namespace = "mcp-nginx-demo";

    public static JsonObject Deployment(string name = "nginx-demo", int replicas = 1, string image = "docker.io/library/nginx:1.27.3", string? cpuLimit = "200m", string? restartedAt = null)
    {
        var template = new JsonObject { ["labels"] = new JsonObject { ["app"] = name } };
        if (restartedAt is not null)
        {
            template["annotations"] = new JsonObject { ["kubectl.kubernetes.io/restartedAt"] = restartedAt };
        }

        var container = new JsonObject
        {
            ["name"] = "nginx",
            ["image"] = image,
            ["env"] = new JsonArray(new JsonObject { ["name"] = "LOG_LEVEL", ["value"] = "info" }, new JsonObject { ["name"] = "TZ", ["value"] = "Etc/UTC" }),
            ["ports"] = new JsonArray(new JsonObject { ["containerPort"] = 80, ["name"] = "http", ["protocol"] = "TCP" }),
            ["readinessProbe"] = new JsonObject { ["httpGet"] = new JsonObject { ["path"] = "/", ["port"] = "http" }, ["periodSeconds"] = 5 },
            ["volumeMounts"] = new JsonArray(new JsonObject { ["mountPath"] = "/etc/nginx/conf.d", ["name"] = "config" }),
        };
        if (cpuLimit is not null)
        {
            container["resources"] = new JsonObject { ["limits"] = new JsonObject { ["cpu"] = cpuLimit, ["memory"] = "128Mi" } };
        }

        return new JsonObject
        {
            ["apiVersion"] = "apps/v1",
            ["kind"] = "Deployment",
            ["metadata"] = new JsonObject { ["labels"] = new JsonObject { ["app"] = name }, ["name"] = name, ["namespace"] = Namespace },
            ["spec"] = new JsonObject
            {
                ["replicas"] = replicas,
                ["selector"] = new JsonObject { ["matchLabels"] = new JsonObject { ["app"] = name } },
                ["strategy"] = new JsonObject { ["rollingUpdate"] = new JsonObject { ["maxSurge"] = "25%", ["maxUnavailable"] = "25%" }, ["type"] = "RollingUpdate" },
                ["template"] = new JsonObject
                {
                    ["metadata"] = template,
                    ["spec"] = new JsonObject
                    {
                        ["containers"] = new JsonArray(container),
                        ["volumes"] = new JsonArray(new JsonObject { ["configMap"] = new JsonObject { ["name"] = "nginx-config" }, ["name"] = "config" }),
                    },
                },
            },
        };
    }

    public static JsonObject Service(int port = 80) => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "Service",
        ["metadata"] = new JsonObject { ["name"] = "nginx-demo", ["namespace"] = Namespace },
        ["spec"] = new JsonObject
        {
            ["ports"] = new JsonArray(new JsonObject { ["name"] = "http", ["port"] = port, ["protocol"] = "TCP", ["targetPort"] = "http" }),
            ["selector"] = new JsonObject { ["app"] = "nginx-demo" },
            ["type"] = "ClusterIP",
        },
    };

    public static JsonObject ConfigMap(params (string Key, string Value)[] data) => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "ConfigMap",
        ["metadata"] = new JsonObject { ["name"] = "nginx-config", ["namespace"] = Namespace },
        ["data"] = new JsonObject(data.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)entry.Value))),
    };
}
