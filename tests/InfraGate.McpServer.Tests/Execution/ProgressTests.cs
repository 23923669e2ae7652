using InfraGate.McpServer.Tests.Clusters;
using InfraGate.McpServer.Tests.Support;
using InfraGate.RealParts.ControlPlane;

namespace InfraGate.McpServer.Tests.Execution;

[Collection(SharedControlPlane.Name)]
public sealed class ProgressTests(ControlPlaneCluster cluster)
{
    [Fact]
    public async Task During_a_rollout_progress_notifications_say_what_is_happening()
    {
        await using var bench = await ChangeBench.StartAsync(cluster, environment: [("K8S_MCP_ROLLOUT_WAIT_SECONDS", "20")]);
        await using var server = await GatewayChild.StartAsync(bench, cluster.KubeconfigPath);
        var plan = await bench.PlanAsync("request_set_deployment_image", bench.In(("name", "nginx-demo"), ("container", "nginx"), ("image", "nginx:1.27.9")));
        await bench.ApproveAsync(plan);

        var result = await server.CallAsync("apply_approved_plan", new() { ["planId"] = plan.Id.Value }, progressToken: "rollout-1");

        ((string?)result["structuredContent"]!["status"]).ShouldBe("applied");
        var progress = server.Progress("rollout-1");
        progress.Select(step => (double)step["progress"]!).ShouldBeInOrder(SortDirection.Ascending);
        progress.ShouldContain(step => ((string)step["message"]!).StartsWith("Deployment/nginx-demo: ", StringComparison.Ordinal));
    }
}
