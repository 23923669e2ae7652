using System.Net;
using InfraGate.McpServer.Tests.Clusters;
using InfraGate.McpServer.Tests.Support;
using InfraGate.Plans.Lifecycle;
using InfraGate.RealParts.Clusters;
using InfraGate.RealParts.ControlPlane;
using InfraGate.RealParts.Faults;
using InfraGate.RealParts.Waiting;

namespace InfraGate.McpServer.Tests.Execution;

[Collection(SharedControlPlane.Name)]
public sealed class ControlPlaneFaultTests(ControlPlaneCluster cluster) : FaultScenarios(cluster)
{
    [Fact]
    public async Task An_expired_server_certificate_refuses_the_plan_and_the_apply()
    {
        await using var expired = await FaultProxy.StartAsync(cluster.KubeconfigPath, new FaultProxyOptions { CertificateLifetime = TimeSpan.FromHours(-1) });
        await using var bench = await ChangeBench.StartAsync(cluster, kubeconfig: expired.KubeconfigPath);

        var refusal = await bench.RefusalAsync("request_scale_deployment", bench.In(("name", "nginx-demo"), ("replicas", 3)));

        refusal.GetProperty("code").GetString().ShouldBe("cluster_unavailable");
        expired.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Rights_that_were_taken_away_after_approval_leave_the_plan_approved_and_the_cluster_as_it_is()
    {
        await using var bench = await ChangeBench.StartAsync(cluster);
        var plan = await bench.PlanScaleAsync(3);
        await bench.ApproveAsync(plan);
        await cluster.Admin.DeleteAsync($"/apis/rbac.authorization.k8s.io/v1/namespaces/{bench.Namespace}/rolebindings/infragate");
        await UntilForbiddenAsync(KubePath.Deployment(bench.Namespace, "nginx-demo"));

        (await bench.ApplyRefusalAsync(plan)).ShouldBe("forbidden");

        (await bench.StatusAsync(plan)).ShouldBe(PlanStatus.Approved);
        (await bench.RefusalAsync("request_scale_deployment", bench.In(("name", "nginx-demo"), ("replicas", 4)))).GetProperty("code").GetString().ShouldBe("forbidden");
    }

    /// <summary>RBAC takes a moment to see that a binding is gone.</summary>
    private async Task UntilForbiddenAsync(string path)
    {
        using var infraGate = KubeAdminClient.As(cluster.KubeconfigPath);
        await Eventually.TrueAsync(async () =>
        {
            try
            {
                await infraGate.GetAsync(path);
                return false;
            }
            catch (KubeApiException refused) when (refused.StatusCode is HttpStatusCode.Forbidden)
            {
                return true;
            }
        });
    }
}
