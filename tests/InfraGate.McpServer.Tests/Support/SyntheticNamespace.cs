using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace InfraGate.McpServer.Tests.Support;

/// <summary>Answers like an API server whose namespace holds any number of Deployments and Pods, each Pod as large as real ones are (about 3 KiB).</summary>
internal sealed class SyntheticNamespace(int deployments, int pods)
{
    private static readonly string ManagedFields = new('f', 1400);

    public int BrokenPods { get; init; }

    public Task AnswerAsync(HttpContext context)
    {
        if (context.Request.Query.ContainsKey("watch"))
        {
            return WatchAsync(context);
        }

        var path = context.Request.Path.Value!;
        return path.Split('/')[^1] switch
        {
            "version" => FakeApiServer.JsonAsync(context, """{ "gitVersion": "v1.30.0" }"""),
            "pods" => PageAsync(context, pods, Pod),
            "deployments" => PageAsync(context, deployments, Deployment),
            "replicasets" => PageAsync(context, deployments, ReplicaSet),
            "services" => PageAsync(context, deployments, Service),
            "configmaps" => PageAsync(context, deployments, ConfigMap),
            "endpointslices" => PageAsync(context, deployments, EndpointSlice),
            "events" => PageAsync(context, pods, Event),
            "horizontalpodautoscalers" => PageAsync(context, 0, Pod),
            var name when path.Contains("/deployments/", StringComparison.Ordinal) => FakeApiServer.JsonAsync(context, Deployment(Number(name))),
            var name when path.Contains("/services/", StringComparison.Ordinal) => FakeApiServer.JsonAsync(context, Service(Number(name))),
            var name when path.Contains("/pods/", StringComparison.Ordinal) => FakeApiServer.JsonAsync(context, Pod(int.Parse(name.Split('-')[^1], CultureInfo.InvariantCulture))),
            _ => FakeApiServer.StatusAsync(context, 404, "not found", "NotFound"),
        };
    }

    /// <summary>Nothing happens, for as long as was asked.</summary>
    private static async Task WatchAsync(HttpContext context)
    {
        await context.Response.Body.FlushAsync(context.RequestAborted);
        await Task.Delay(TimeSpan.FromSeconds(int.Parse(context.Request.Query["timeoutSeconds"].ToString(), CultureInfo.InvariantCulture)), context.RequestAborted);
    }

    private static async Task PageAsync(HttpContext context, int count, Func<int, string> item)
    {
        var limit = int.Parse(context.Request.Query["limit"].ToString(), CultureInfo.InvariantCulture);
        var start = context.Request.Query["continue"].ToString() is { Length: > 0 } token ? int.Parse(token, CultureInfo.InvariantCulture) : 0;
        var end = Math.Min(count, start + limit);
        context.Response.ContentType = "application/json";
        var text = new StringBuilder("{ \"kind\": \"List\", \"metadata\": { \"resourceVersion\": \"1\"");
        text.Append(end < count ? $", \"continue\": \"{end}\" }}" : " }").Append(", \"items\": [");
        for (var index = start; index < end; index++)
        {
            text.Append(index > start ? "," : "").Append(item(index));
            if (text.Length > 64 * 1024)
            {
                await context.Response.WriteAsync(text.ToString(), context.RequestAborted);
                text.Clear();
            }
        }

        await context.Response.WriteAsync(text.Append("] }").ToString(), context.RequestAborted);
    }

    private string Pod(int index)
    {
        var owner = $"web-{index % Math.Max(1, deployments)}";
        var broken = index < BrokenPods;
        var state = broken
            ? """ "waiting": { "reason": "CrashLoopBackOff", "message": "back-off 5m0s restarting failed container=web pod=web" } """
            : """ "running": { "startedAt": "2026-01-01T00:00:00Z" } """;
        var last = broken ? """ "terminated": { "exitCode": 1, "reason": "Error", "finishedAt": "2026-01-01T00:00:00Z" } """ : "";
        return $$"""
            {
              "metadata": {
                "name": "{{owner}}-7d9c6b5f4d-{{index}}", "namespace": "shop", "uid": "00000000-0000-0000-0000-{{index:D12}}", "resourceVersion": "1",
                "labels": { "app": "{{owner}}", "pod-template-hash": "7d9c6b5f4d" },
                "ownerReferences": [ { "apiVersion": "apps/v1", "kind": "ReplicaSet", "name": "{{owner}}-7d9c6b5f4d", "controller": true } ],
                "managedFields": [ { "manager": "kubelet", "fieldsV1": { "f:status": "{{ManagedFields}}" } } ]
              },
              "spec": {
                "nodeName": "node-{{index % 30}}",
                "containers": [ { "name": "web", "image": "registry.example.com/team/web:1.2.{{index % 9}}", "ports": [ { "name": "http", "containerPort": 8080 } ],
                  "env": [ { "name": "A", "value": "1" }, { "name": "B", "value": "2" } ], "resources": { "limits": { "cpu": "500m", "memory": "256Mi" } } } ]
              },
              "status": {
                "phase": "Running", "podIP": "10.0.0.1",
                "conditions": [ { "type": "Ready", "status": "{{(broken ? "False" : "True")}}" }, { "type": "PodScheduled", "status": "True" } ],
                "containerStatuses": [ { "name": "web", "ready": {{(broken ? "false" : "true")}}, "restartCount": {{(broken ? 17 : 0)}}, "state": { {{state}} }, "lastState": { {{last}} } } ]
              }
            }
            """;
    }

    private string Deployment(int index)
    {
        var replicas = pods / Math.Max(1, deployments);
        return $$"""
            {
              "metadata": { "name": "web-{{index}}", "generation": 1, "managedFields": [ { "x": "{{ManagedFields}}" } ] },
              "spec": { "replicas": {{replicas}}, "selector": { "matchLabels": { "app": "web-{{index}}" } }, "strategy": { "type": "RollingUpdate" },
                "template": { "spec": { "containers": [ { "name": "web", "image": "registry.example.com/team/web:1.2.{{index % 9}}" } ] } } },
              "status": { "observedGeneration": 1, "replicas": {{replicas}}, "updatedReplicas": {{replicas}}, "readyReplicas": {{replicas}}, "availableReplicas": {{replicas}},
                "conditions": [ { "type": "Progressing", "status": "True", "reason": "NewReplicaSetAvailable" } ] }
            }
            """;
    }

    private string ReplicaSet(int index) => $$"""
        {
          "metadata": { "name": "web-{{index}}-7d9c6b5f4d", "ownerReferences": [ { "kind": "Deployment", "name": "web-{{index}}", "controller": true } ],
            "annotations": { "deployment.kubernetes.io/revision": "1" } },
          "spec": { "replicas": {{pods / Math.Max(1, deployments)}} }, "status": { "replicas": 1 }
        }
        """;

    private static string Service(int index) => $$"""
        { "metadata": { "name": "web-{{index}}" }, "spec": { "type": "ClusterIP", "clusterIP": "10.0.0.1", "selector": { "app": "web-{{index}}" },
          "ports": [ { "name": "http", "port": 80, "targetPort": "http", "protocol": "TCP" } ] } }
        """;

    private static string ConfigMap(int index) => $$"""{ "metadata": { "name": "web-{{index}}" }, "data": { "app.conf": "{{new string('c', 500)}}" } }""";

    private string EndpointSlice(int index)
    {
        var endpoints = Enumerable.Range(0, pods / Math.Max(1, deployments)).Select(number =>
            $$"""{ "addresses": [ "10.0.{{index % 250}}.{{number % 250}}" ], "conditions": { "ready": true }, "targetRef": { "kind": "Pod", "name": "web-{{index}}-{{number}}" } }""");
        return $$"""{ "metadata": { "name": "web-{{index}}-x", "labels": { "kubernetes.io/service-name": "web-{{index}}" } }, "endpoints": [ {{string.Join(',', endpoints)}} ] }""";
    }

    private string Event(int index) => $$"""
        { "metadata": { "name": "e{{index}}" }, "type": "Warning", "reason": "BackOff", "note": "Back-off restarting failed container web in pod web-{{index}} ({{new string('n', 200)}})",
          "regarding": { "kind": "Pod", "name": "web-{{index % Math.Max(1, deployments)}}-7d9c6b5f4d-{{index}}" }, "eventTime": "2026-01-01T00:00:00.000000Z", "series": { "count": 42, "lastObservedTime": "2026-01-01T01:00:00.000000Z" } }
        """;

    private static int Number(string name) => int.Parse(name.Split('-')[1], CultureInfo.InvariantCulture);
}
