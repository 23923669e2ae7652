using System.Text.Json.Nodes;
using InfraGate.McpServer.Tests.Clusters;
using InfraGate.McpServer.Tests.Support;
using InfraGate.Plans;
using InfraGate.Plans.Lifecycle;
using InfraGate.RealParts.ControlPlane;
using InfraGate.RealParts.Faults;
using InfraGate.RealParts.Time;
using InfraGate.RealParts.Waiting;
using ModelContextProtocol.Protocol;

namespace InfraGate.McpServer.Tests.Execution;

/// <summary>
/// With impersonation, and rights that hang on a group: a plan that was left half-way is ended by its requester's next call, with the groups of that call, and
/// by nothing that has less.
/// </summary>
[Collection(SharedControlPlane.Name)]
public sealed class ImpersonatedRecoveryTests(ControlPlaneCluster cluster)
{
    private const string Group = "deployers";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_half_done_plan_is_ended_by_the_next_call_of_its_requester_with_the_groups_of_that_call(bool written)
    {
        var ns = await cluster.NewNamespaceAsync();
        await ImpersonationRights.GrantAsync(cluster);
        await BindGroupAsync(ns);
        await using var proxy = await FaultProxy.StartAsync(cluster.WriteKubeconfigFor(TokenUser.Stranger));
        var time = new ShiftedTime();
        await using var bench = await ChangeBench.StartAsync(cluster, ns, proxy.KubeconfigPath, time, environment: [("K8S_MCP_IMPERSONATE", "true"), .. HalfWay.Environment]);
        var plan = await LeaveHalfWayAsync(bench, proxy, written);
        time.Forward(HalfWay.PastTheLease);
        var before = proxy.Requests.Count;

        var refused = await ApplyAsync(bench, plan);
        (await bench.StatusAsync(plan)).ShouldBe(PlanStatus.Applying);
        var ended = await ApplyAsync(bench, plan, Group);

        refused.IsError.ShouldBe(true);
        (ended.IsError ?? false).ShouldBeFalse(ServerUnderTest.Text(ended));
        (await bench.StatusAsync(plan)).ShouldBe(PlanStatus.Applied);
        ((int)(await bench.DeploymentAsync())["spec"]!["replicas"]!).ShouldBe(3);
        proxy.Requests.Skip(before).Where(request => request.IsWrite).ShouldAllBe(request => request.Headers["Impersonate-User"] == "alice" && request.Headers["Impersonate-Group"].Contains(Group));
        (await bench.DeploymentAsync())["metadata"]!["generation"]!.GetValue<int>().ShouldBe(2);
        await AuditTrail.ActionsAsync(bench.Store, plan.Id);
    }

    /// <summary>A plan whose write was cut off, before or after it arrived, by a cluster that then answered nothing more.</summary>
    private static async Task<Plan> LeaveHalfWayAsync(ChangeBench bench, FaultProxy proxy, bool written)
    {
        var arguments = bench.In(("name", "nginx-demo"), ("replicas", 3));
        // RBAC takes a moment to see new bindings.
        var planned = await Eventually.GetAsync(
            () => bench.Server.CallAsync("request_scale_deployment", arguments, ChangeBench.CallerMeta(ChangeBench.Requester, Group)), result => result.IsError is not true);
        var plan = (await bench.Store.FindAsync(PlanId.Parse(planned.StructuredContent!.Value.GetProperty("planId").GetString()!)))!;
        await bench.ApproveAsync(plan);
        var handled = proxy.Cut(request => request.IsWrite, written);
        proxy.Add(new FaultRule(_ => handled.Hit.IsCompleted, FaultAction.CutBefore) { Times = int.MaxValue });

        ServerUnderTest.Text(await ApplyAsync(bench, plan, Group)).ShouldStartWith("cluster_unavailable: ");

        (await bench.StatusAsync(plan)).ShouldBe(PlanStatus.Applying);
        proxy.Heal();
        return plan;
    }

    private static Task<CallToolResult> ApplyAsync(ChangeBench bench, Plan plan, params string[] groups) =>
        bench.Server.CallAsync("apply_approved_plan", new JsonObject { ["planId"] = plan.Id.Value }, ChangeBench.CallerMeta(ChangeBench.Requester, groups));

    private Task<JsonObject> BindGroupAsync(string ns) => cluster.Admin.ApplyAsync(Workloads.Parse($$"""
        { "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "RoleBinding", "metadata": { "name": "deployers", "namespace": "{{ns}}" },
          "roleRef": { "apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "infragate" },
          "subjects": [ { "kind": "Group", "name": "{{Group}}", "apiGroup": "rbac.authorization.k8s.io" } ] }
        """));
}
