using System.Text.Json.Nodes;
using InfraGate.McpServer.Tests.Clusters;
using InfraGate.McpServer.Tests.Support;
using InfraGate.RealParts.ControlPlane;

namespace InfraGate.McpServer.Tests.Inspection;

/// <summary>All scenarios on a real control plane, and those that need what only it has: quotas, limits, autoscalers, signals.</summary>
[Collection(SharedControlPlane.Name)]
public sealed class ControlPlaneDiagnosisTests(ControlPlaneCluster cluster) : DiagnosisScenarios(cluster)
{
    [Fact]
    public async Task A_quota_that_refuses_pods_is_quoted()
    {
        var cause = await DeploymentCauseAsync("quota_refused", ns => Workloads.Deployment(ns, "web", "registry.local/web:1"), ns => Cluster.Admin.ApplyAsync(Workloads.Parse($$"""
            { "apiVersion": "v1", "kind": "ResourceQuota", "metadata": { "name": "small", "namespace": "{{ns}}" }, "spec": { "hard": { "requests.memory": "8Mi" } } }
            """)));

        Text(cause, "summary").ShouldContain("exceeded quota: small");
        Text(cause, "next").ShouldContain("request_scale_deployment");
    }

    [Fact]
    public async Task A_limit_range_that_refuses_pods_is_an_admission_refusal()
    {
        var cause = await DeploymentCauseAsync("admission_refused", ns => Workloads.Deployment(ns, "web", "registry.local/web:1"), ns => Cluster.Admin.ApplyAsync(Workloads.Parse($$"""
            { "apiVersion": "v1", "kind": "LimitRange", "metadata": { "name": "tight", "namespace": "{{ns}}" }, "spec": { "limits": [ { "type": "Container", "max": { "memory": "32Mi" } } ] } }
            """)));

        Text(cause, "summary").ShouldContain("maximum memory usage per Container is 32Mi");
    }

    [Fact]
    public async Task An_autoscaler_in_charge_of_the_replicas_is_named_with_its_bounds()
    {
        var cause = await DeploymentCauseAsync("hpa_in_charge", ns => Workloads.Deployment(ns, "web", "registry.local/web:1"), ns => Cluster.Admin.ApplyAsync(Workloads.Parse($$"""
            {
              "apiVersion": "autoscaling/v1", "kind": "HorizontalPodAutoscaler", "metadata": { "name": "web", "namespace": "{{ns}}" },
              "spec": { "minReplicas": 2, "maxReplicas": 4, "scaleTargetRef": { "apiVersion": "apps/v1", "kind": "Deployment", "name": "web" } }
            }
            """)));

        Text(cause, "summary").ShouldContain("from 2 to 4");
        Text(cause, "severity").ShouldBe("info");
    }

    [Fact]
    public async Task A_crash_by_a_signal_names_the_signal()
    {
        var cause = await DeploymentCauseAsync("crash_loop_backoff", ns => Workloads.Deployment(ns, "web", "registry.local/web:1", "crash-loop-back-off", change: deployment =>
            deployment["spec"]!["template"]!["metadata"]!["annotations"]!["simulator.infragate.dev/signal"] = "11"));

        Text(cause, "summary").ShouldContain("SIGSEGV");
    }

    [Fact]
    public async Task A_failing_liveness_probe_is_told_with_the_restarts()
    {
        var cause = await DeploymentCauseAsync("probe_failing", ns => Workloads.Deployment(ns, "web", "registry.local/web:1", "liveness-fails", change: deployment =>
            Workloads.Container(deployment)["livenessProbe"] = Workloads.Parse("""{ "tcpSocket": { "port": 8080 } }""")));

        Text(cause, "summary").ShouldContain("Liveness probe of container web failed 9 times");
        Text(cause, "summary").ShouldContain("3 restarts");
    }
}
