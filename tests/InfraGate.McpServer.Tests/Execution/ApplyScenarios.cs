using System.Text.Json.Nodes;
using InfraGate.McpServer.Tests.Support;
using InfraGate.Plans;
using InfraGate.Plans.Lifecycle;
using InfraGate.RealParts.Clusters;
using InfraGate.RealParts.Waiting;

namespace InfraGate.McpServer.Tests.Execution;

/// <summary>Each operation from plan to outcome, read back from the cluster.</summary>
public abstract class ApplyScenarios(IClusterUnderTest cluster)
{
    [Fact]
    public async Task A_scale_plan_changes_nothing_until_it_is_approved_and_then_exactly_once()
    {
        await using var bench = await ChangeBench.StartAsync(cluster);
        var plan = await bench.PlanScaleAsync(4);

        (await bench.ApplyRefusalAsync(plan)).ShouldBe("approval_required");
        (await bench.WritesAsync()).ShouldBe(0);
        await bench.ApproveAsync(plan);
        var answer = await bench.AppliedAsync(plan);

        ((int)(await bench.DeploymentAsync())["spec"]!["replicas"]!).ShouldBe(4);
        (await bench.WritesAsync()).ShouldBe(1);
        answer.GetProperty("undo")[0].GetProperty("tool").GetString().ShouldBe("request_scale_deployment");
        JsonNode.Parse(answer.GetProperty("undo")[0].GetProperty("arguments").GetString()!)!["replicas"]!.GetValue<int>().ShouldBe(2);
        (await bench.ApplyRefusalAsync(plan)).ShouldBe("plan_already_applied");
        (await bench.WritesAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task A_restart_sets_the_annotation_that_the_plan_was_sealed_with()
    {
        await using var bench = await ChangeBench.StartAsync(cluster);
        var plan = await bench.PlanAsync("request_restart_deployment", bench.In(("name", "nginx-demo")));
        await bench.ApproveAsync(plan);

        await bench.AppliedAsync(plan);

        var annotations = (await bench.DeploymentAsync())["spec"]!["template"]!["metadata"]!["annotations"]!;
        ((string)annotations["kubectl.kubernetes.io/restartedAt"]!).ShouldBe($"{plan.Content.CreatedAt:yyyy-MM-ddTHH:mm:ssZ}");
    }

    [Fact]
    public async Task An_image_plan_changes_that_container_and_names_the_way_back()
    {
        await using var bench = await ChangeBench.StartAsync(cluster);
        var before = (string)(await bench.DeploymentAsync())["spec"]!["template"]!["spec"]!["containers"]![0]!["image"]!;
        var plan = await bench.PlanAsync(
            "request_set_deployment_image", bench.In(("name", "nginx-demo"), ("container", "nginx"), ("image", "nginxinc/nginx-unprivileged:1.27.4")));
        plan.Content.Targets[0].Changes.Select(change => change.Path).ShouldBe(["spec.template.spec.containers[name=nginx].image"]);
        await bench.ApproveAsync(plan);

        var answer = await bench.AppliedAsync(plan);

        ((string)(await bench.DeploymentAsync())["spec"]!["template"]!["spec"]!["containers"]![0]!["image"]!).ShouldBe("nginxinc/nginx-unprivileged:1.27.4");
        JsonNode.Parse(answer.GetProperty("undo")[0].GetProperty("arguments").GetString()!)!["image"]!.GetValue<string>().ShouldBe(before);
    }

    [Fact]
    public async Task A_manifest_of_three_kinds_is_created_in_its_order_and_deleted_again()
    {
        await using var bench = await ChangeBench.StartAsync(cluster, await cluster.NewNamespaceAsync("change", withDemoWorkload: false));
        var plan = await bench.PlanManifestAsync(SampleManifests.Shop);
        plan.Content.Targets.Select(target => (target.Reference, target.Change)).ShouldBe(
            [("ConfigMap/shop", TargetChange.Create), ("Service/shop", TargetChange.Create), ("Deployment/shop", TargetChange.Create)]);
        await bench.ApproveAsync(plan);

        await bench.AppliedAsync(plan);

        (await cluster.Admin.FindAsync(KubePath.ConfigMap(bench.Namespace, "shop"))).ShouldNotBeNull();
        (await cluster.Admin.FindAsync(KubePath.Service(bench.Namespace, "shop"))).ShouldNotBeNull();
        var managers = (await bench.DeploymentAsync("shop"))["metadata"]!["managedFields"]!.AsArray();
        managers.ShouldContain(entry => (string?)entry!["manager"] == "infragate" && (string?)entry["operation"] == "Apply");

        var deletion = await bench.PlanAsync("request_delete_manifest", bench.In(("manifest", SampleManifests.Shop)));
        await bench.ApproveAsync(deletion);
        await bench.AppliedAsync(deletion);
        await cluster.Admin.WaitForAsync(KubePath.Deployment(bench.Namespace, "shop"), found => found is null);
        (await cluster.Admin.FindAsync(KubePath.ConfigMap(bench.Namespace, "shop"))).ShouldBeNull();
    }

    [Fact]
    public async Task A_field_that_left_the_manifest_is_shown_as_removed_and_goes()
    {
        await using var bench = await ChangeBench.StartAsync(cluster, await cluster.NewNamespaceAsync("change", withDemoWorkload: false));
        var first = await bench.PlanManifestAsync("""
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: settings, labels: {tier: web}}
            data: {mode: fast, level: high}
            """);
        await bench.ApproveAsync(first);
        await bench.AppliedAsync(first);

        var second = await bench.PlanManifestAsync("""
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: settings}
            data: {mode: fast}
            """);
        second.Content.Targets[0].Changes.Where(change => change.Kind == FieldChangeKind.Removed).Select(change => change.Path).ShouldBe(["data.level", "metadata.labels.tier"], ignoreOrder: true);
        await bench.ApproveAsync(second);
        await bench.AppliedAsync(second);

        var map = await cluster.Admin.GetAsync(KubePath.ConfigMap(bench.Namespace, "settings"));
        map["data"]!.AsObject().Select(entry => entry.Key).ShouldBe(["mode"]);
    }

    [Fact]
    public async Task A_field_of_another_manager_is_taken_only_after_it_was_acknowledged()
    {
        await using var bench = await ChangeBench.StartAsync(cluster);
        var plan = await bench.PlanForcedScaleAsync();
        plan.Content.Targets[0].Conflicts.ShouldContain(conflict => conflict.Path == ".spec.replicas" && conflict.Manager == "test-admin");
        plan.ToAcknowledge.ShouldContain(finding => finding.Code == "field-conflict" && finding.Message.Contains("test-admin"));
        plan.Content.Targets[0].Request.Query.ShouldContain("force=true");
        await bench.ApproveAsync(plan);

        await bench.AppliedAsync(plan);

        ((int)(await bench.DeploymentAsync())["spec"]!["replicas"]!).ShouldBe(3);
    }

    [Fact]
    public async Task Fifty_callers_at_once_execute_a_plan_once_and_all_get_its_outcome()
    {
        await using var bench = await ChangeBench.StartAsync(cluster);

        // While its Pods become ready, the first write may meet a newer resourceVersion and be refused and sent again, which counts as two.
        await Eventually.GetAsync(() => bench.DeploymentAsync(), found => (int?)found["status"]?["availableReplicas"] == 2);
        var plan = await bench.PlanScaleAsync(3);
        await bench.ApproveAsync(plan);

        var results = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => bench.ApplyAsync(plan))));

        (await bench.WritesAsync()).ShouldBe(1);
        results.Count(result => result.IsError is not true).ShouldBeGreaterThan(0);
        foreach (var result in results)
        {
            var content = result.StructuredContent!.Value;
            var outcome = result.IsError is true ? content.GetProperty("error").GetProperty("details") : content;
            outcome.GetProperty("objects")[0].GetProperty("result").GetString().ShouldBe("written");
        }
    }

    [Fact]
    public async Task A_rollout_that_ends_within_the_wait_is_reported_complete_and_one_that_does_not_is_not_called_done()
    {
        await using var bench = await ChangeBench.StartAsync(cluster, environment: ("K8S_MCP_ROLLOUT_WAIT_SECONDS", "30"));
        await Eventually.GetAsync(() => bench.DeploymentAsync(), found => (int?)found["status"]?["availableReplicas"] == 2);
        var plan = await bench.PlanScaleAsync(3);
        await bench.ApproveAsync(plan);

        var answer = await bench.AppliedAsync(plan);

        answer.GetProperty("rollouts")[0].GetProperty("state").GetString().ShouldBe("complete");

        await using var impatient = await ChangeBench.StartAsync(cluster, bench.Namespace);
        var restart = await impatient.PlanAsync("request_restart_deployment", impatient.In(("name", "nginx-demo")));
        await impatient.ApproveAsync(restart);
        var early = await impatient.AppliedAsync(restart);
        early.GetProperty("rollouts")[0].GetProperty("state").GetString().ShouldBe("progressing");
        early.GetProperty("next").GetString()!.ShouldContain("not yet a success");
    }

    [Fact]
    public async Task A_denied_plan_says_why_and_writes_nothing()
    {
        await using var bench = await ChangeBench.StartAsync(cluster);
        var plan = await bench.PlanScaleAsync(1);
        await bench.DenyAsync(plan, "not before the release");

        var result = await bench.ApplyAsync(plan);

        ServerUnderTest.Text(result).ShouldStartWith("plan_denied: ");
        ServerUnderTest.Text(result).ShouldContain("not before the release");
        (await bench.WritesAsync()).ShouldBe(0);
        (await bench.StatusAsync(plan)).ShouldBe(PlanStatus.Denied);
    }
}
