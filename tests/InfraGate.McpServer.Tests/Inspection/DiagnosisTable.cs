using System.Net;
using System.Text.Json.Nodes;
using InfraGate.McpServer.Tests.Support;
using InfraGate.RealParts.Clusters;
using InfraGate.RealParts.Waiting;

namespace InfraGate.McpServer.Tests.Inspection;

/// <summary>Every cause that the diagnostics know, each at least once, on real objects.</summary>
internal static class DiagnosisTable
{
    private const string OfDeployment = "get_deployment_diagnostics";
    private const string OfPod = "get_pod_diagnostics";
    private const string OfService = "get_service_diagnostics";

    public static IReadOnlyDictionary<string, DiagnosisCase> Cases { get; } = new Dictionary<string, DiagnosisCase>
    {
        ["an image that cannot be pulled"] = Web("image_pull_backoff", "does-not-exist") with
        {
            Summary = ["registry.local/web:does-not-exist"], Evidence = ["pull"], Next = "request_set_deployment_image",
        },
        ["a missing ConfigMap"] = Web("container_config_error", "1", "configuration-fails", deployment =>
            Workloads.Container(deployment)["envFrom"] = new JsonArray(Workloads.Parse("""{ "configMapRef": { "name": "absent" } }"""))) with
        {
            Summary = ["configmap \"absent\" not found"], Evidence = ["CreateContainerConfigError"], Next = "request_apply_manifest",
        },
        ["a crash with an exit code"] = Web("crash_loop_backoff", "crash", "crash-loop-back-off") with
        {
            Summary = ["exit code 1"], Evidence = ["exitCode=1"], Next = "previous=true",
        },
        ["a crash by a signal"] = Web("crash_loop_backoff", "signal-11", "crash-loop-back-off", deployment =>
            deployment["spec"]!["template"]!["metadata"]!["annotations"]!["simulator.infragate.dev/signal"] = "11") with
        {
            Summary = ["exit code 139", "SIGSEGV"], Evidence = ["signal=SIGSEGV"], Next = "previous=true",
        },
        ["an end for want of memory"] = Web("oom_killed", "oom", "oom-killed") with { Summary = ["limit 64Mi"], Evidence = ["exitCode=137"], Next = "limits.memory" },
        ["a liveness probe that failed once"] = new("probe_failing", OfPod, FailOnceAsync)
        {
            Summary = ["^Liveness probe of container web failed 1 time; 2 in a row would restart it$"], Evidence = ["statuscode: 503"], Severity = "warning", Health = "healthy",
        },
        ["a failing readiness probe"] = Web("probe_failing", "unready", "readiness-fails", WithReadinessProbe) with
        {
            Summary = ["^[^:]*Readiness probe of container web failed", "failed [0-9]+ times?"], Evidence = ["GET :http/healthz", "503"], Next = "get_pod_logs",
        },
        ["a failing liveness probe"] = Web("probe_failing", "unhealthy", "liveness-fails", deployment =>
            Workloads.Container(deployment)["livenessProbe"] = Workloads.Parse("""{ "tcpSocket": { "port": 8080 }, "periodSeconds": 1, "failureThreshold": 2 }""")) with
        {
            Summary = ["Liveness probe of container web failed [0-9]+ times?", "restarted \\([0-9]+ restarts? so far\\)"], Evidence = ["Liveness probe failed"],
        },
        ["a Pod that fits on no node"] = Web("unschedulable", "1", change: deployment =>
            deployment["spec"]!["template"]!["spec"]!["nodeSelector"] = new JsonObject { ["disk"] = "tape" }) with
        {
            Summary = ["nodes are available"], Evidence = ["disk=tape"], Next = "nodeSelector",
        },
        ["an evicted Pod"] = new("evicted", OfPod, EvictAsync) { Summary = ["Evicted"], Evidence = ["low on resource: memory"], Severity = "warning" },
        ["a Pod held by a finalizer beyond its end"] = new("stuck_terminating", OfPod, HoldAsync)
        {
            Evidence = ["example.com/hold"], Next = "finalizer", Severity = "warning", Health = "terminating", Later = TimeSpan.FromMinutes(5), CleanUpAsync = LetGoAsync,
        },
        ["a quota that refuses Pods"] = Refused("quota_refused", "exceeded quota: small, requested: requests.memory=16Mi, used: requests.memory=0, limited: requests.memory=8Mi", """
            { "apiVersion": "v1", "kind": "ResourceQuota", "metadata": { "name": "small" }, "spec": { "hard": { "requests.memory": "8Mi" } } }
            """) with { Evidence = ["ReplicaFailure", "FailedCreate"], Next = "request_scale_deployment" },
        ["a quota that wants what the Pods do not say"] = Refused("quota_refused", "failed quota: strict: must specify limits.cpu", """
            { "apiVersion": "v1", "kind": "ResourceQuota", "metadata": { "name": "strict" }, "spec": { "hard": { "limits.cpu": "1" } } }
            """, change: deployment => Workloads.Container(deployment).Remove("resources")),
        ["a LimitRange that refuses Pods"] = Refused("admission_refused", "maximum memory usage per Container is 32Mi, but limit is 64Mi", """
            { "apiVersion": "v1", "kind": "LimitRange", "metadata": { "name": "tight" }, "spec": { "limits": [ { "type": "Container", "max": { "memory": "32Mi" } } ] } }
            """) with { Evidence = ["FailedCreate"], Next = "request_apply_manifest" },
        ["a rollout past its deadline"] = Web("rollout_stuck", "does-not-exist", change: deployment => deployment["spec"]!["progressDeadlineSeconds"] = 1) with
        {
            Evidence = ["ProgressDeadlineExceeded"], Next = "request_set_deployment_image",
        },
        ["a rollout that is paused"] = Web("rollout_paused", "1", change: deployment => deployment["spec"]!["paused"] = true) with { Evidence = ["spec.paused=true"], Severity = "info" },
        ["a Deployment scaled to zero"] = Web("scaled_to_zero", "1", change: deployment => deployment["spec"]!["replicas"] = 0) with { Severity = "info", Next = "request_scale_deployment" },
        ["an autoscaler in charge of the replicas"] = Web("hpa_in_charge", "1", before: """
            { "apiVersion": "autoscaling/v1", "kind": "HorizontalPodAutoscaler", "metadata": { "name": "web" },
              "spec": { "minReplicas": 2, "maxReplicas": 4, "scaleTargetRef": { "apiVersion": "apps/v1", "kind": "Deployment", "name": "web" } } }
            """) with { Summary = ["from 2 to 4"], Evidence = ["Deployment/web"], Severity = "info" },
        ["a selector that matches nothing"] = Service("selector_matches_nothing", "1", new JsonObject { ["app"] = "wbe" }, 8080) with
        {
            Summary = ["app=wbe"], Evidence = ["app=web"], Next = "request_apply_manifest", Health = "failing",
        },
        ["a target port that no container has"] = Service("target_port_unexposed", "1", new JsonObject { ["app"] = "web" }, "htpp") with
        {
            Summary = ["htpp"], Evidence = ["http=8080"], Next = "request_apply_manifest", Health = "failing",
        },
        ["a Service whose Pods are all unready"] = Service("no_ready_endpoints", "unready", new JsonObject { ["app"] = "web" }, "http") with
        {
            Evidence = ["ready=0"], Next = "get_pod_diagnostics", Health = "failing",
        },
        ["a Service whose Pods' probe fails"] = Service("probe_failing", "unready", new JsonObject { ["app"] = "web" }, "http") with { Health = "failing" },
        ["a Service without selector"] = Service("no_selector", "1", [], 8080) with { Severity = "warning", Next = "request_apply_manifest" },
    };

    /// <summary>Deployment <c>web</c>: its image's tag tells the sandbox, <paramref name="behaviour"/> the kubelet simulator, what becomes of it.</summary>
    /// <param name="before">An object that is there first.</param>
    private static DiagnosisCase Web(string cause, string tag, string? behaviour = null, Action<JsonObject>? change = null, string? before = null) =>
        new(cause, OfDeployment, async (cluster, ns) =>
        {
            if (before is not null)
            {
                var first = Workloads.Parse(before);
                first["metadata"]!["namespace"] = ns;
                await cluster.Admin.ApplyAsync(first);
            }

            await cluster.Admin.ApplyAsync(Workloads.Deployment(ns, "web", $"registry.local/web:{tag}", behaviour, change: change));
            return new JsonObject { ["name"] = "web" };
        });

    /// <summary>Deployment <c>web</c> in a namespace that refuses its Pods.</summary>
    /// <param name="refusal">What the API server says of them.</param>
    /// <param name="limit">The object by which it does. Admission learns of it in its own time, so the Deployment comes when a Pod is refused.</param>
    private static DiagnosisCase Refused(string cause, string refusal, string limit, Action<JsonObject>? change = null) =>
        new(cause, OfDeployment, async (cluster, ns) =>
        {
            var deployment = Workloads.Deployment(ns, "web", "registry.local/web:1", change: change);
            var first = Workloads.Parse(limit);
            first["metadata"]!["namespace"] = ns;
            await cluster.Admin.ApplyAsync(first);
            await Eventually.GetAsync(() => DryRunOfPodAsync(cluster, ns, deployment), answer => answer.Contains(refusal, StringComparison.Ordinal));

            await cluster.Admin.ApplyAsync(deployment);
            return new JsonObject { ["name"] = "web" };
        }) { Summary = [refusal] };

    private static async Task<string> DryRunOfPodAsync(IClusterUnderTest cluster, string ns, JsonObject deployment)
    {
        var pod = deployment["spec"]!["template"]!.DeepClone().AsObject();
        pod["apiVersion"] = "v1";
        pod["kind"] = "Pod";
        pod["metadata"]!["name"] = "web-probe";
        try
        {
            return (await cluster.Admin.CreateAsync($"{KubePath.Pods(ns)}?dryRun=All", pod)).ToJsonString();
        }
        catch (KubeApiException refused) when (refused.StatusCode is HttpStatusCode.Forbidden)
        {
            return refused.Message;
        }
    }

    private static DiagnosisCase Service(string cause, string tag, JsonObject selector, JsonNode targetPort) => new(cause, OfService, async (cluster, ns) =>
    {
        await cluster.Admin.ApplyAsync(Workloads.Deployment(ns, "web", $"registry.local/web:{tag}", change: tag == "unready" ? WithReadinessProbe : null));
        await cluster.Admin.ApplyAsync(Workloads.Service(ns, "web", selector.DeepClone().AsObject(), targetPort.DeepClone()));
        return new JsonObject { ["name"] = "web" };
    });

    private static async Task<JsonObject> EvictAsync(IClusterUnderTest cluster, string ns)
    {
        await cluster.Admin.ApplyAsync(Workloads.Deployment(ns, "web", "registry.local/web:1"));
        var name = await Workloads.PodOfAsync(cluster, ns, pod => Workloads.IsReady(pod));
        await cluster.Admin.MergeAsync($"{KubePath.Pod(ns, name)}/status", Workloads.Parse("""
            { "status": { "phase": "Failed", "reason": "Evicted", "message": "The node was low on resource: memory." } }
            """));
        return new JsonObject { ["podName"] = name };
    }

    /// <summary>A container that runs and is ready, and whose liveness probe failed once in between.</summary>
    private static async Task<JsonObject> FailOnceAsync(IClusterUnderTest cluster, string ns)
    {
        await cluster.Admin.ApplyAsync(Workloads.Deployment(ns, "web", "registry.local/web:1", change: deployment =>
            Workloads.Container(deployment)["livenessProbe"] = Workloads.Parse("""{ "httpGet": { "path": "/", "port": "http" }, "failureThreshold": 2 }""")));
        var name = await Workloads.PodOfAsync(cluster, ns, Workloads.IsReady);
        await cluster.Admin.CreateAsync(KubePath.Events(ns), Workloads.Parse($$"""
            {
              "apiVersion": "events.k8s.io/v1", "kind": "Event", "metadata": { "name": "once", "namespace": "{{ns}}" },
              "eventTime": "{{DateTime.UtcNow:yyyy-MM-ddTHH:mm:ss.ffffffZ}}", "type": "Warning", "reason": "Unhealthy", "note": "Liveness probe failed: HTTP probe failed with statuscode: 503",
              "action": "Probing", "reportingController": "kubelet", "reportingInstance": "node", "regarding": { "apiVersion": "v1", "kind": "Pod", "namespace": "{{ns}}", "name": "{{name}}" }
            }
            """));
        return new JsonObject { ["podName"] = name };
    }

    private static async Task<JsonObject> HoldAsync(IClusterUnderTest cluster, string ns)
    {
        await cluster.Admin.ApplyAsync(Workloads.Deployment(ns, "web", "registry.local/web:1", change: deployment =>
            deployment["spec"]!["template"]!["metadata"]!["finalizers"] = new JsonArray("example.com/hold")));
        var name = await Workloads.PodOfAsync(cluster, ns, _ => true);
        await cluster.Admin.DeleteAsync(KubePath.Pod(ns, name), new JsonObject { ["gracePeriodSeconds"] = 1 });
        return new JsonObject { ["podName"] = name };
    }

    private static async Task LetGoAsync(IClusterUnderTest cluster, string ns)
    {
        foreach (var pod in await cluster.Admin.ListAsync(KubePath.Pods(ns)))
        {
            await cluster.Admin.MergeAsync(KubePath.Pod(ns, (string)pod["metadata"]!["name"]!), Workloads.Parse("""{ "metadata": { "finalizers": null } }"""));
        }
    }

    private static void WithReadinessProbe(JsonObject deployment) =>
        Workloads.Container(deployment)["readinessProbe"] = Workloads.Parse("""{ "httpGet": { "path": "/healthz", "port": "http" }, "periodSeconds": 1 }""");
}
