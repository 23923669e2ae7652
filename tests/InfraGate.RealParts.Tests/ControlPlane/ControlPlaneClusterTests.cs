using InfraGate.RealParts.Clusters;
using InfraGate.RealParts.ControlPlane;
using Xunit.Abstractions;

namespace InfraGate.RealParts.Tests.ControlPlane;

[Collection(SharedControlPlane.Name)]
public sealed class ControlPlaneClusterTests(ControlPlaneCluster cluster, ITestOutputHelper output)
{
    [Fact]
    public async Task It_is_a_real_api_server_and_starts_quickly()
    {
        output.WriteLine($"started in {cluster.StartTime.TotalSeconds:0.0} s");

        var version = await cluster.Admin.GetAsync("/version");

        ((string?)version["gitVersion"]).ShouldBe("v1.20.2");
    }

    [Fact]
    public async Task The_demo_deployment_rolls_out_to_ready_pods()
    {
        var scenario = await cluster.NewNamespaceAsync();

        var deployment = await cluster.Admin.WaitForAsync(
            KubePath.Deployment(scenario, "nginx-demo"), found => (int?)found?["status"]?["readyReplicas"] == 2);

        deployment.ShouldNotBeNull();
        var pods = await cluster.Admin.ListAsync(KubePath.Pods(scenario));
        pods.Select(pod => (string?)pod["status"]!["phase"]).ShouldBe(["Running", "Running"]);
    }
}
