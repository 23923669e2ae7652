using System.Text.Json.Nodes;
using InfraGate.RealParts.Clusters;
using InfraGate.RealParts.ControlPlane;
using Xunit.Abstractions;

namespace InfraGate.RealParts.Tests.ControlPlane;

// A cluster of its own: the shared one must not go away under other tests.
public sealed class ApiServerRestartTests(ControlPlaneCluster cluster, ITestOutputHelper output) : IClassFixture<ControlPlaneCluster>
{
    [Fact]
    public async Task After_a_crash_and_a_restart_of_the_api_server_workloads_go_on()
    {
        var scenario = await cluster.NewNamespaceAsync();
        var deployment = KubePath.Deployment(scenario, "nginx-demo");
        await cluster.Admin.WaitForAsync(deployment, found => (int?)found?["status"]?["readyReplicas"] == 2);

        await cluster.CrashApiServerAsync();
        await Should.ThrowAsync<HttpRequestException>(() => cluster.Admin.GetAsync(deployment));
        await cluster.RestartApiServerAsync();

        await cluster.Admin.MergeAsync(deployment, new JsonObject { ["spec"] = new JsonObject { ["replicas"] = 3 } });
        await cluster.Admin.WaitForAsync(deployment, found => (int?)found?["status"]?["readyReplicas"] == 3, TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task A_hundred_pods_become_ready_within_the_deadline()
    {
        var scenario = await cluster.NewNamespaceAsync();
        var deployment = KubePath.Deployment(scenario, "nginx-demo");
        var started = TimeProvider.System.GetTimestamp();

        await cluster.Admin.MergeAsync(deployment, new JsonObject { ["spec"] = new JsonObject { ["replicas"] = 100 } });

        await cluster.Admin.WaitForAsync(deployment, found => (int?)found?["status"]?["readyReplicas"] == 100, TimeSpan.FromSeconds(60));
        output.WriteLine($"100 Pods ready after {TimeProvider.System.GetElapsedTime(started).TotalSeconds:0.0} s");
    }
}
