using System.Text.Json.Nodes;

namespace InfraGate.Bench.Beds;

/// <summary>
/// Deployments, ReplicaSets and Pods as a controller would have left them, written directly: no controller runs, so they stay as they are. The Pods are of
/// ordinary size, about 4.5 KB each as the API server lists them, of which the record of managed fields is a good part.
/// </summary>
internal static class BareObjects
{
    /// <summary>The container of every Deployment.</summary>
    public const string Container = "app";

    private const string Image = "registry.example/shop/service:1.4.2";
    private const string Started = "2026-11-20T06:00:00Z";

    /// <summary>The name of the Deployment of a number.</summary>
    public static string DeploymentName(int number) => $"service-{number:000}";

    /// <summary>A Deployment that wants this many replicas.</summary>
    public static JsonObject Deployment(string @namespace, int number, int replicas) => new()
    {
        ["apiVersion"] = "apps/v1",
        ["kind"] = "Deployment",
        ["metadata"] = Metadata(@namespace, DeploymentName(number), number, owner: null),
        ["spec"] = new JsonObject
        {
            ["replicas"] = replicas,
            ["selector"] = new JsonObject { ["matchLabels"] = new JsonObject { ["app"] = DeploymentName(number) } },
            ["template"] = Template(number),
        },
    };

    /// <summary>What the deployment controller would write when all replicas are there.</summary>
    public static JsonObject DeploymentStatus(int replicas) => new()
    {
        ["status"] = new JsonObject
        {
            ["observedGeneration"] = 1,
            ["replicas"] = replicas,
            ["updatedReplicas"] = replicas,
            ["readyReplicas"] = replicas,
            ["availableReplicas"] = replicas,
            ["conditions"] = new JsonArray(Condition("Available", "MinimumReplicasAvailable"), Condition("Progressing", "NewReplicaSetAvailable")),
        },
    };

    /// <summary>The ReplicaSet of a Deployment.</summary>
    public static JsonObject ReplicaSet(string @namespace, int number, int replicas, string deploymentUid)
    {
        var set = Deployment(@namespace, number, replicas);
        set["kind"] = "ReplicaSet";
        set["metadata"] = Metadata(@namespace, $"{DeploymentName(number)}-6d4cf56db6", number, ("Deployment", DeploymentName(number), deploymentUid));
        set["metadata"]!["annotations"] = new JsonObject { ["deployment.kubernetes.io/revision"] = "1" };
        return set;
    }

    /// <summary>The Pod of an index of a ReplicaSet.</summary>
    public static JsonObject Pod(string @namespace, int number, int index, string replicaSetUid)
    {
        var template = Template(number);
        var spec = template["spec"]!.DeepClone().AsObject();
        spec["nodeName"] = $"node-{index % 5}";
        return new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Pod",
            ["metadata"] = Metadata(@namespace, PodName(number, index), number, ("ReplicaSet", $"{DeploymentName(number)}-6d4cf56db6", replicaSetUid)),
            ["spec"] = spec,
        };
    }

    /// <summary>The name of a Pod.</summary>
    public static string PodName(int number, int index) => $"{DeploymentName(number)}-6d4cf56db6-{index:00000}";

    /// <summary>What a kubelet would write for a Pod that runs and is ready.</summary>
    public static JsonObject PodStatus(int index) => new()
    {
        ["status"] = new JsonObject
        {
            ["phase"] = "Running",
            ["hostIP"] = $"10.0.0.{1 + (index % 5)}",
            ["podIP"] = $"10.1.{index / 250 % 250}.{1 + (index % 250)}",
            ["startTime"] = Started,
            ["conditions"] = new JsonArray(Condition("Initialized", null), Condition("Ready", null), Condition("ContainersReady", null), Condition("PodScheduled", null)),
            ["containerStatuses"] = new JsonArray(new JsonObject
            {
                ["name"] = Container,
                ["image"] = Image,
                ["imageID"] = "registry.example/shop/service@sha256:" + new string('a', 64),
                ["containerID"] = "containerd://" + new string('b', 64),
                ["ready"] = true,
                ["started"] = true,
                ["restartCount"] = 0,
                ["state"] = new JsonObject { ["running"] = new JsonObject { ["startedAt"] = Started } },
                ["lastState"] = new JsonObject(),
            }),
        },
    };

    private static JsonObject Condition(string type, string? reason)
    {
        var condition = new JsonObject { ["type"] = type, ["status"] = "True", ["lastTransitionTime"] = Started };
        if (reason is not null)
            condition["reason"] = reason;
        return condition;
    }

    private static JsonObject Metadata(string @namespace, string name, int number, (string Kind, string Name, string Uid)? owner)
    {
        var metadata = new JsonObject { ["name"] = name, ["namespace"] = @namespace, ["labels"] = Labels(number) };
        if (owner is var (kind, ownerName, uid))
        {
            metadata["ownerReferences"] = new JsonArray(new JsonObject
            {
                ["apiVersion"] = "apps/v1",
                ["kind"] = kind,
                ["name"] = ownerName,
                ["uid"] = uid,
                ["controller"] = true,
            });
        }
        return metadata;
    }

    private static JsonObject Labels(int number) => new()
    {
        ["app"] = DeploymentName(number),
        ["app.kubernetes.io/part-of"] = "shop",
        ["pod-template-hash"] = "6d4cf56db6",
    };

    private static JsonObject Template(int number) => new()
    {
        ["metadata"] = new JsonObject { ["labels"] = Labels(number) },
        ["spec"] = new JsonObject
        {
            ["containers"] = new JsonArray(new JsonObject
            {
                ["name"] = Container,
                ["image"] = Image,
                ["ports"] = new JsonArray(new JsonObject { ["containerPort"] = 8080, ["name"] = "http" }),
                ["env"] = new JsonArray(
                    new JsonObject { ["name"] = "LOG_LEVEL", ["value"] = "info" },
                    new JsonObject { ["name"] = "UPSTREAM", ["value"] = "http://catalogue:8080" }),
                ["resources"] = new JsonObject
                {
                    ["requests"] = new JsonObject { ["cpu"] = "50m", ["memory"] = "64Mi" },
                    ["limits"] = new JsonObject { ["cpu"] = "500m", ["memory"] = "128Mi" },
                },
                ["readinessProbe"] = new JsonObject { ["httpGet"] = new JsonObject { ["path"] = "/ready", ["port"] = "http" }, ["periodSeconds"] = 5 },
            }),
        },
    };
}
