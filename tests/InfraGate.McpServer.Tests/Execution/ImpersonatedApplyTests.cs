using InfraGate.McpServer.Tests.Clusters;
using InfraGate.McpServer.Tests.Support;
using InfraGate.RealParts.ControlPlane;
using InfraGate.RealParts.Faults;
using InfraGate.RealParts.Waiting;

namespace InfraGate.McpServer.Tests.Execution;

/// <summary>With impersonation a plan is tried and carried out with the rights of the person who asked for it: the server's own identity has none.</summary>
[Collection(SharedControlPlane.Name)]
public sealed class ImpersonatedApplyTests(ControlPlaneCluster cluster)
{
    [Fact]
    public async Task A_plan_is_made_and_carried_out_as_its_requester_and_by_no_one_else()
    {
        var ns = await cluster.NewNamespaceAsync();
        await ImpersonationRights.GrantAsync(cluster);
        await cluster.Admin.ApplyAsync(Workloads.Parse($$"""
            { "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "RoleBinding", "metadata": { "name": "alice", "namespace": "{{ns}}" },
              "roleRef": { "apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "infragate" },
              "subjects": [ { "kind": "User", "name": "alice", "apiGroup": "rbac.authorization.k8s.io" } ] }
            """));
        await using var proxy = await FaultProxy.StartAsync(cluster.WriteKubeconfigFor(TokenUser.Stranger));
        await using var bench = await ChangeBench.StartAsync(cluster, ns, proxy.KubeconfigPath, environment: [("K8S_MCP_IMPERSONATE", "true"), ("K8S_MCP_READ_CACHE", "true")]);
        var arguments = bench.In(("name", "nginx-demo"), ("replicas", 3));

        // RBAC takes a moment to see new bindings.
        await Eventually.GetAsync(() => bench.CallAsync("request_scale_deployment", arguments), result => result.IsError is not true);
        var refusal = await bench.RefusalAsync("request_scale_deployment", arguments, subject: "mallory");
        var plan = await bench.PlanScaleAsync(3);
        await bench.ApproveAsync(plan);
        await bench.AppliedAsync(plan);
        foreach (var subject in new[] { "alice", "alice", "mallory" })
        {
            // What alice was shown is not in any memory that mallory could be answered from.
            var status = await bench.CallAsync("get_k8s_status", bench.In(), subject);
            (status.IsError ?? false).ShouldBe(subject == "mallory");
            status.StructuredContent!.Value.TryGetProperty("observed", out _).ShouldBeFalse();
        }

        refusal.GetProperty("code").GetString().ShouldBe("forbidden");
        // More than one when the Deployment's status moved between the read and the write, which the precondition then refuses.
        proxy.Requests.Where(request => request.IsWrite).Select(request => request.Headers["Impersonate-User"]).Distinct().ShouldBe(["alice"]);
        proxy.Requests.ShouldAllBe(request => request.Headers.ContainsKey("Impersonate-User"));
        proxy.Requests.ShouldNotContain(request => request.PathAndQuery.Contains("watch=", StringComparison.Ordinal));
        ((int)(await bench.DeploymentAsync())["spec"]!["replicas"]!).ShouldBe(3);
    }
}
