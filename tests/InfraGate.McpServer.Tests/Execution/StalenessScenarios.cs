using System.Text.Json.Nodes;
using InfraGate.McpServer.Planning.Objects;
using InfraGate.McpServer.Tests.Support;
using InfraGate.Plans;
using InfraGate.Plans.Lifecycle;
using InfraGate.Plans.Sealing;
using InfraGate.RealParts.Clusters;
using InfraGate.RealParts.Faults;

namespace InfraGate.McpServer.Tests.Execution;

/// <summary>What makes an approved plan stale, and what does not. A stale plan writes nothing and says what changed.</summary>
public abstract class StalenessScenarios(IClusterUnderTest cluster)
{
    [Theory]
    [InlineData("spec edited", "spec.template.spec.containers[name=nginx].image")]
    [InlineData("replicas edited", "spec.replicas")]
    [InlineData("label changed", "metadata.labels.team")]
    [InlineData("annotation changed", "metadata.annotations.owner")]
    [InlineData("deleted", "was deleted since")]
    [InlineData("deleted and created again", "was deleted and created again")]
    public async Task A_target_that_changed_after_approval_makes_the_plan_stale(string change, string said)
    {
        await using var bench = await ChangeBench.StartAsync(cluster);
        var plan = await bench.PlanScaleAsync(3);
        await bench.ApproveAsync(plan);
        await ChangeAsync(bench, change);

        var result = await bench.ApplyAsync(plan);

        ServerUnderTest.Text(result).ShouldStartWith("plan_stale: ");
        ServerUnderTest.Text(result).ShouldContain(said);
        (await bench.WritesAsync()).ShouldBe(0);
        (await bench.StatusAsync(plan)).ShouldBe(PlanStatus.Stale);
        (await bench.ApplyRefusalAsync(plan)).ShouldBe("plan_stale");
        (await bench.WritesAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task An_object_that_appeared_after_a_create_was_approved_makes_the_plan_stale()
    {
        await using var bench = await ChangeBench.StartAsync(cluster);
        var plan = await bench.PlanManifestAsync("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: fresh}\ndata: {mode: fast}\n");
        await bench.ApproveAsync(plan);
        await cluster.Admin.ApplyAsync(Map(bench.Namespace, "fresh", "slow"));

        (await bench.ApplyRefusalAsync(plan)).ShouldBe("plan_stale");

        ((string)(await cluster.Admin.GetAsync(KubePath.ConfigMap(bench.Namespace, "fresh")))["data"]!["mode"]!).ShouldBe("slow");
    }

    [Fact]
    public async Task One_stale_target_of_several_keeps_all_of_them_from_being_written()
    {
        await using var bench = await ChangeBench.StartAsync(cluster);
        await cluster.Admin.ApplyAsync(Map(bench.Namespace, "one", "slow"));
        await cluster.Admin.ApplyAsync(Map(bench.Namespace, "two", "slow"));
        var plan = await bench.PlanManifestAsync(
            "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: one}\ndata: {level: high}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: two}\ndata: {level: high}\n");
        await bench.ApproveAsync(plan);
        await cluster.Admin.MergeAsync(KubePath.ConfigMap(bench.Namespace, "two"), new JsonObject { ["data"] = new JsonObject { ["mode"] = "slower" } });

        (await bench.ApplyRefusalAsync(plan)).ShouldBe("plan_stale");

        (await bench.WritesAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task A_deletion_of_an_object_that_is_already_gone_is_stale_rather_than_done()
    {
        await using var bench = await ChangeBench.StartAsync(cluster);
        var plan = await bench.PlanAsync("request_delete_manifest", bench.In(("manifest", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: nginx-demo}\n")));
        await bench.ApproveAsync(plan);
        await cluster.Admin.DeleteAsync(KubePath.ConfigMap(bench.Namespace, "nginx-demo"));

        (await bench.ApplyRefusalAsync(plan)).ShouldBe("plan_stale");
    }

    [Fact]
    public async Task A_deletion_of_an_object_that_changed_is_stale_and_the_approval_page_is_told()
    {
        await using var bench = await ChangeBench.StartAsync(cluster);
        var plan = await bench.PlanAsync("request_delete_manifest", bench.In(("manifest", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: nginx-demo}\n")));
        await bench.ApproveAsync(plan);
        await cluster.Admin.MergeAsync(KubePath.ConfigMap(bench.Namespace, "nginx-demo"), new JsonObject { ["data"] = new JsonObject { ["added"] = "later" } });

        var check = (await bench.Server.CallAsync("infragate.dev/check_plan", new JsonObject { ["planId"] = plan.Id.Value })).StructuredContent!.Value;
        check.GetProperty("state").GetString().ShouldBe("stale");
        (await bench.ApplyRefusalAsync(plan)).ShouldBe("plan_stale");

        (await bench.WritesAsync()).ShouldBe(0);
        ((string)(await cluster.Admin.GetAsync(KubePath.ConfigMap(bench.Namespace, "nginx-demo")))["data"]!["added"]!).ShouldBe("later");
    }

    [Fact]
    public async Task A_pod_that_becomes_ready_and_a_status_that_moves_do_not_make_a_plan_stale()
    {
        await using var bench = await ChangeBench.StartAsync(cluster, await cluster.NewNamespaceAsync("change", withDemoWorkload: false));
        var path = KubePath.Deployment(bench.Namespace, "web");
        await cluster.Admin.ApplyAsync(Workloads.Deployment(bench.Namespace, "web", "registry.local/web:1.0.0"));
        await cluster.Admin.WaitForAsync(path, found => HasReadyPod(found!));
        var plan = await bench.PlanScaleAsync(2, "web");
        var before = VersionOf(await bench.DeploymentAsync("web"));
        await bench.ApproveAsync(plan);

        // Its successor takes a moment to become ready, which the status tells.
        await cluster.Admin.DeleteAsync(KubePath.Pod(bench.Namespace, await Workloads.PodOfAsync(cluster, bench.Namespace)));
        await cluster.Admin.WaitForAsync(path, found => VersionOf(found!) != before && HasReadyPod(found!));

        await bench.AppliedAsync(plan);

        ((int)(await bench.DeploymentAsync("web"))["spec"]!["replicas"]!).ShouldBe(2);
    }

    [Fact]
    public async Task A_target_in_the_very_version_that_was_planned_on_is_compared_by_its_dry_run_alone()
    {
        await using var proxy = await FaultProxy.StartAsync(cluster.KubeconfigPath);
        await using var bench = await ChangeBench.StartAsync(cluster, kubeconfig: proxy.KubeconfigPath, environment: [("K8S_MCP_ROLLOUT_WAIT_SECONDS", "0")]);
        var plan = await bench.PlanScaleAsync(3);
        await bench.ApproveAsync(plan);
        var before = proxy.Requests.Count;

        await bench.AppliedAsync(plan);

        var sent = proxy.Requests.Skip(before).Where(request => request.PathAndQuery.Contains("/deployments/nginx-demo", StringComparison.Ordinal)).ToArray();
        sent.Select(request => (request.Method, request.IsDryRun)).ShouldBe([("PATCH", true), ("PATCH", false)]);
    }

    [Fact]
    public async Task A_deletion_planned_on_the_version_that_is_there_is_compared_by_its_dry_run_alone()
    {
        await using var proxy = await FaultProxy.StartAsync(cluster.KubeconfigPath);
        await using var bench = await ChangeBench.StartAsync(cluster, kubeconfig: proxy.KubeconfigPath);
        var plan = await bench.PlanAsync("request_delete_manifest", bench.In(("manifest", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: nginx-demo}\n")));
        await bench.ApproveAsync(plan);
        var before = proxy.Requests.Count;

        await bench.AppliedAsync(plan);

        var sent = proxy.Requests.Skip(before).Where(request => request.PathAndQuery.Contains("/configmaps/nginx-demo", StringComparison.Ordinal)).ToArray();
        sent.Select(request => (request.Method, request.IsDryRun)).ShouldBe([("DELETE", true), ("DELETE", false)]);
    }

    // A mutating webhook would be nearer to life, but the API server that Debian builds dies of one (its json-iterator is older than its Go). The proxy answers the
    // dry-run as the API server would with a default that was added after the approval.
    [Fact]
    public async Task An_admission_default_that_now_differs_makes_the_plan_stale()
    {
        await using var proxy = await FaultProxy.StartAsync(cluster.KubeconfigPath);
        await using var bench = await ChangeBench.StartAsync(cluster, kubeconfig: proxy.KubeconfigPath);
        var plan = await bench.PlanScaleAsync(3);
        await bench.ApproveAsync(plan);
        var defaulted = await bench.DeploymentAsync();
        defaulted["spec"]!["replicas"] = 3;
        defaulted["metadata"]!["labels"]!["admission-default"] = "new";
        proxy.Add(new FaultRule(request => request.IsDryRun, FaultAction.Answer) { Status = 200, Times = int.MaxValue, Body = defaulted.ToJsonString() });

        var result = await bench.ApplyAsync(plan);

        ServerUnderTest.Text(result).ShouldStartWith("plan_stale: ");
        ServerUnderTest.Text(result).ShouldContain("metadata.labels.admission-default");
        (await bench.WritesAsync()).ShouldBe(0);
        (await bench.StatusAsync(plan)).ShouldBe(PlanStatus.Stale);
    }

    [Fact]
    public async Task The_approval_page_is_told_whether_a_plan_is_fresh_and_what_changed()
    {
        await using var bench = await ChangeBench.StartAsync(cluster);
        var plan = await bench.PlanScaleAsync(3);
        var arguments = new JsonObject { ["planId"] = plan.Id.Value };

        // The gateway asks on nobody's behalf, so without a caller.
        (await bench.Server.CallAsync("infragate.dev/check_plan", arguments)).StructuredContent!.Value.GetProperty("state").GetString().ShouldBe("fresh");
        await ChangeAsync(bench, "label changed");
        var stale = (await bench.Server.CallAsync("infragate.dev/check_plan", arguments)).StructuredContent!.Value;

        stale.GetProperty("state").GetString().ShouldBe("stale");
        stale.GetProperty("detail").GetString()!.ShouldContain("metadata.labels.team");
        (await bench.WritesAsync()).ShouldBe(0);
        bench.Server.Listing.Tools.ShouldNotContain(tool => tool.Name.StartsWith("infragate.dev/"));
    }

    [Fact]
    public async Task The_approval_page_is_told_of_a_stored_plan_that_lies_about_the_state_before_though_its_version_is_right()
    {
        await using var bench = await ChangeBench.StartAsync(cluster);
        var content = (await bench.PlanScaleAsync(3)).Content;
        var target = content.Targets.Single();
        var forged = await bench.Store.AddAsync(
            content with
            {
                Id = PlanId.New(DateTimeOffset.UtcNow),
                Targets =
                [
                    target with
                    {
                        Live = Lie(target.Live!),
                        BeforeView = Lie(target.BeforeView!),
                        Fingerprint = ObjectFingerprint.OfCanonical(Lie(target.Live!)),
                        ResourceVersion = VersionOf(await bench.DeploymentAsync()),
                    },
                ],
            },
            requestKey: "forged");

        var state = (await bench.Server.CallAsync("infragate.dev/check_plan", new JsonObject { ["planId"] = forged.Id.Value })).StructuredContent!.Value;

        state.GetProperty("state").GetString().ShouldBe("stale");
        state.GetProperty("detail").GetString()!.ShouldContain("spec.replicas");
    }

    [Fact]
    public async Task A_field_that_somebody_claimed_after_a_forced_apply_was_reviewed_is_not_taken_from_them()
    {
        await using var bench = await ChangeBench.StartAsync(cluster);
        var plan = await bench.PlanForcedScaleAsync();
        plan.Content.Targets[0].Conflicts.ShouldContain(conflict => conflict.Manager == "test-admin");
        await bench.ApproveAsync(plan);

        // At the value that it has: nothing that the object says changes by it.
        await cluster.Admin.ApplyAsync(
            Workloads.Parse($$"""{ "apiVersion": "apps/v1", "kind": "Deployment", "metadata": { "name": "nginx-demo", "namespace": "{{bench.Namespace}}" }, "spec": { "replicas": 2 } }"""), "late-comer");
        var result = await bench.ApplyAsync(plan);

        ServerUnderTest.Text(result).ShouldStartWith("plan_stale: ");
        ServerUnderTest.Text(result).ShouldContain("would also take .spec.replicas from 'late-comer'");
        ((int)(await bench.DeploymentAsync())["spec"]!["replicas"]!).ShouldBe(2);
        (await bench.WritesAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task The_same_request_returns_the_pending_plan_until_the_cluster_changes()
    {
        await using var bench = await ChangeBench.StartAsync(cluster);
        var first = await bench.PlanScaleAsync(3);
        var restart = await bench.PlanAsync("request_restart_deployment", bench.In(("name", "nginx-demo")));

        (await bench.PlanScaleAsync(3)).Id.ShouldBe(first.Id);
        (await bench.PlanAsync("request_restart_deployment", bench.In(("name", "nginx-demo")))).Id.ShouldBe(restart.Id);
        (await bench.PlanScaleAsync(4)).Id.ShouldNotBe(first.Id);
        await ChangeAsync(bench, "label changed");
        var renewed = await bench.PlanScaleAsync(3);

        renewed.Id.ShouldNotBe(first.Id);
        (await bench.StatusAsync(first)).ShouldBe(PlanStatus.Cancelled);
        (await bench.ApplyRefusalAsync(first)).ShouldBe("plan_expired");
    }

    private async Task ChangeAsync(ChangeBench bench, string change)
    {
        var path = KubePath.Deployment(bench.Namespace, "nginx-demo");
        switch (change)
        {
            case "spec edited":
                await cluster.Admin.StrategicMergeAsync(path, Workloads.Parse("""{"spec":{"template":{"spec":{"containers":[{"name":"nginx","image":"nginx:9"}]}}}}"""));
                break;
            case "replicas edited":
                await cluster.Admin.MergeAsync(path, Workloads.Parse("""{"spec":{"replicas":1}}"""));
                break;
            case "label changed":
                await cluster.Admin.MergeAsync(path, Workloads.Parse("""{"metadata":{"labels":{"team":"other"}}}"""));
                break;
            case "annotation changed":
                await cluster.Admin.MergeAsync(path, Workloads.Parse("""{"metadata":{"annotations":{"owner":"other"}}}"""));
                break;
            case "deleted":
                await cluster.Admin.DeleteAsync(path);
                await cluster.Admin.WaitForAsync(path, found => found is null);
                break;
            default:
                await cluster.Admin.DeleteAsync(path);
                await cluster.Admin.WaitForAsync(path, found => found is null);
                await cluster.Admin.ApplyAsync(DemoManifests.Load().WorkloadFor(bench.Namespace).Single(item => (string?)item["kind"] == "Deployment"));
                break;
        }
    }

    private static bool HasReadyPod(JsonObject deployment) => (int?)deployment["status"]?["readyReplicas"] == 1;

    private static string Lie(string canonical)
    {
        var live = JsonNode.Parse(canonical)!.AsObject();
        live["spec"]!["replicas"] = 1;
        return CanonicalJson.ToText(live);
    }

    private static string VersionOf(JsonObject deployment) => (string)deployment["metadata"]!["resourceVersion"]!;

    private static JsonObject Map(string ns, string name, string mode) =>
        Workloads.Parse($$$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"{{{name}}}","namespace":"{{{ns}}}"},"data":{"mode":"{{{mode}}}"}}""");
}
