using System.Text;
using System.Text.Json.Nodes;

namespace InfraGate.MicroBench;

/// <summary>The manifests that the benchmarks work on.</summary>
internal static class Manifests
{
    /// <summary>The namespace of all of them.</summary>
    public const string Namespace = "shop";

    /// <summary>YAML with a Deployment for each number.</summary>
    public static string Yaml(int documents)
    {
        var text = new StringBuilder();
        for (var i = 0; i < documents; i++)
            text.Append(Document(i)).Append("---\n");
        return text.ToString();
    }

    /// <summary>A Deployment as JSON with this many environment variables.</summary>
    public static JsonObject Deployment(int variables, string tag)
    {
        var env = new JsonArray();
        for (var i = 0; i < variables; i++)
            env.Add(new JsonObject { ["name"] = $"VARIABLE_{i}", ["value"] = $"value {i}" });
        return new JsonObject
        {
            ["apiVersion"] = "apps/v1",
            ["kind"] = "Deployment",
            ["metadata"] = new JsonObject { ["name"] = "catalogue", ["namespace"] = Namespace, ["labels"] = new JsonObject { ["app"] = "catalogue" } },
            ["spec"] = new JsonObject
            {
                ["replicas"] = 3,
                ["template"] = new JsonObject
                {
                    ["spec"] = new JsonObject
                    {
                        ["containers"] = new JsonArray(new JsonObject { ["name"] = "app", ["image"] = "registry.example/shop/catalogue:" + tag, ["env"] = env }),
                    },
                },
            },
        };
    }

    private static string Document(int number) =>
        $"""
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: catalogue-{number}
          namespace: {Namespace}
          labels:
            app: catalogue-{number}
        spec:
          replicas: 3
          selector:
            matchLabels:
              app: catalogue-{number}
          template:
            metadata:
              labels:
                app: catalogue-{number}
            spec:
              containers:
              - name: app
                image: registry.example/shop/catalogue:1.4.2
                ports:
                - containerPort: 8080
                env:
                - name: LOG_LEVEL
                  value: info
                - name: UPSTREAM
                  value: "http://prices:8080"
                resources:
                  limits:
                    cpu: 500m
                    memory: 128Mi

        """;
}
