using System.Text.Json.Nodes;
using InfraGate.McpServer.Tests.Clusters;
using InfraGate.McpServer.Tests.Support;
using InfraGate.RealParts.Clusters;
using InfraGate.RealParts.ControlPlane;

namespace InfraGate.McpServer.Tests.Inspection;

[Collection(SharedControlPlane.Name)]
public sealed class ControlPlaneDiagnosisTests(ControlPlaneCluster cluster) : DiagnosisScenarios(cluster)
{
    // The sandbox's kubelet takes back what another writes into the status of a Pod that runs.
    [Theory]
    [InlineData("get_pod_diagnostics", 0, "critical", "degraded")]
    [InlineData("get_pod_diagnostics", 11, "warning", "healthy")]
    [InlineData("get_deployment_diagnostics", 0, "critical", "degraded")]
    [InlineData("get_deployment_diagnostics", 11, "warning", "healthy")]
    [InlineData("get_service_diagnostics", 0, "critical", "degraded")]
    [InlineData("get_service_diagnostics", 11, "warning", "healthy")]
    public async Task What_ran_out_of_memory_once_is_well_again_after_ten_minutes_of_being_ready(string tool, int minutesLater, string severity, string health)
    {
        var ns = await cluster.NewNamespaceAsync(withDemoWorkload: false);
        var pod = await EndOnceAsync(ns);
        await cluster.Admin.ApplyAsync(Workloads.Service(ns, "web", new JsonObject { ["app"] = "web" }, "http"));

        var answer = await UntilAsync(
            ns,
            tool,
            tool == "get_pod_diagnostics" ? new JsonObject { ["podName"] = pod } : new JsonObject { ["name"] = "web" },
            found => Text(found.GetProperty("verdict"), "health") == health && HasCause(found, "oom_killed"),
            new LaterTime(TimeSpan.FromMinutes(minutesLater)));

        Causes(answer).Select(cause => (Text(cause, "cause"), Text(cause, "severity"))).ShouldBe([("oom_killed", severity)]);
    }

    /// <summary>A container that was ended once for want of memory, and runs and is ready again.</summary>
    private async Task<string> EndOnceAsync(string ns)
    {
        await cluster.Admin.ApplyAsync(Workloads.Deployment(ns, "web", "registry.local/web:1"));
        var name = await Workloads.PodOfAsync(cluster, ns, Workloads.IsReady);
        var status = (await cluster.Admin.GetAsync(KubePath.Pod(ns, name)))["status"]!["containerStatuses"]![0]!.DeepClone().AsObject();
        status["restartCount"] = 1;
        status["lastState"] = new JsonObject
        {
            ["terminated"] = new JsonObject { ["exitCode"] = 137, ["reason"] = "OOMKilled", ["finishedAt"] = $"{DateTime.UtcNow:yyyy-MM-ddTHH:mm:ssZ}" },
        };
        await cluster.Admin.MergeAsync($"{KubePath.Pod(ns, name)}/status", new JsonObject { ["status"] = new JsonObject { ["containerStatuses"] = new JsonArray(status) } });
        return name;
    }
}
