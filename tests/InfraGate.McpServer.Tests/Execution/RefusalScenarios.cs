using System.Security.Cryptography;
using System.Text.Json.Nodes;
using InfraGate.McpServer.Tests.Support;
using InfraGate.Plans;
using InfraGate.Plans.Audit;
using InfraGate.Plans.Grants;
using InfraGate.Plans.Lifecycle;
using InfraGate.Plans.Storage;
using InfraGate.RealParts.Clusters;
using InfraGate.RealParts.Faults;
using InfraGate.RealParts.Time;

namespace InfraGate.McpServer.Tests.Execution;

/// <summary>Applies that must not happen, and calls that must not become plans. Each leaves the cluster as it is.</summary>
public abstract class RefusalScenarios(IClusterUnderTest cluster)
{
    [Fact]
    public async Task A_grant_by_another_key_is_tampering()
    {
        await using var bench = await ChangeBench.StartAsync(cluster);
        using var foreign = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var plan = await bench.PlanScaleAsync(1);
        await ForceApprovedAsync(bench, plan, new GrantSigner(foreign, TimeProvider.System).Sign(plan.Id, plan.Digest, ["mallory"], plan.Content.ExpiresAt).Token);

        (await bench.ApplyRefusalAsync(plan)).ShouldBe("plan_tampered");
        await NothingWasWrittenAsync(bench);
    }

    [Fact]
    public async Task A_good_grant_of_another_plan_is_tampering()
    {
        await using var bench = await ChangeBench.StartAsync(cluster);
        var (harmless, plan) = (await bench.PlanScaleAsync(3), await bench.PlanScaleAsync(0));
        await ForceApprovedAsync(bench, plan, bench.Signer.Sign(harmless.Id, harmless.Digest, ["bob"], plan.Content.ExpiresAt).Token);

        (await bench.ApplyRefusalAsync(plan)).ShouldBe("plan_tampered");
        await NothingWasWrittenAsync(bench);
    }

    [Fact]
    public async Task An_approval_that_ran_out_is_expired()
    {
        await using var bench = await ChangeBench.StartAsync(cluster);
        var plan = await bench.PlanScaleAsync(1);
        var past = new GrantSigner(bench.Key, new FixedTime(TimeProvider.System.GetUtcNow().AddHours(-1))).Sign(plan.Id, plan.Digest, ["bob"], TimeProvider.System.GetUtcNow().AddMinutes(-1));
        await ForceApprovedAsync(bench, plan, past.Token);

        (await bench.ApplyRefusalAsync(plan)).ShouldBe("plan_expired");
        await NothingWasWrittenAsync(bench);
    }

    [Fact]
    public async Task A_plan_edited_in_the_database_is_tampering_even_when_its_digest_was_edited_too()
    {
        await using var bench = await ChangeBench.StartAsync(cluster);
        var plan = await bench.PlanScaleAsync(3);
        await bench.ApproveAsync(plan);
        await PlanDatabase.EditAsync(bench.ApprovalRoot, """UPDATE plan_content SET content = replace(content, 'replicas\":3', 'replicas\":5')""");

        (await bench.ApplyRefusalAsync(plan)).ShouldBe("plan_tampered");
        await NothingWasWrittenAsync(bench);
    }

    [Fact]
    public async Task An_unknown_plan_and_somebody_elses_plan_are_answered_alike()
    {
        await using var bench = await ChangeBench.StartAsync(cluster);
        var plan = await bench.PlanScaleAsync(3);
        await bench.ApproveAsync(plan);

        (await bench.ApplyRefusalAsync(plan, subject: "mallory")).ShouldBe("plan_not_found");
        (await bench.RefusalAsync("apply_approved_plan", new JsonObject { ["planId"] = "20260101-ABCDEFGH" })).GetProperty("code").GetString().ShouldBe("plan_not_found");
        (await bench.RefusalAsync("apply_approved_plan", new JsonObject { ["planId"] = "'; DROP TABLE plan" })).GetProperty("code").GetString().ShouldBe("invalid_argument");
        await NothingWasWrittenAsync(bench);
    }

    [Fact]
    public async Task A_plan_of_another_cluster_is_not_applied_here()
    {
        await using var bench = await ChangeBench.StartAsync(cluster);
        var plan = await bench.PlanScaleAsync(3);
        var elsewhere = plan.Content with { Id = PlanId.New(TimeProvider.System.GetUtcNow()), Cluster = "elsewhere (https://127.0.0.1:1)" };
        var stored = await bench.Store.AddAsync(elsewhere, "another key");
        await bench.ApproveAsync(stored);

        (await bench.ApplyRefusalAsync(stored)).ShouldBe("plan_not_found");
        await NothingWasWrittenAsync(bench);
    }

    [Fact]
    public async Task A_server_without_a_gateway_plans_and_applies_nothing()
    {
        await using var bench = await ChangeBench.StartAsync(cluster);
        using var alone = ServerUnderTest.Start(cluster.KubeconfigPath, bench.Namespace, time: null, ("K8S_MCP_APPROVAL_ROOT", bench.ApprovalRoot));
        var planned = await alone.ReadAsync("request_scale_deployment", bench.In(("name", "nginx-demo"), ("replicas", 3)));

        var refusal = await alone.RefusalAsync("apply_approved_plan", new JsonObject { ["planId"] = planned.GetProperty("planId").GetString() });

        refusal.GetProperty("code").GetString().ShouldBe("approval_required");
        (await alone.RefusalAsync("infragate.dev/check_plan", new JsonObject { ["planId"] = planned.GetProperty("planId").GetString() })).GetProperty("code").GetString().ShouldBe("invalid_argument");
        await NothingWasWrittenAsync(bench);
    }

    [Fact]
    public async Task A_closed_change_window_keeps_an_approved_plan_waiting()
    {
        await using var bench = await ChangeBench.StartAsync(cluster);
        var plan = await bench.PlanScaleAsync(3);
        await bench.ApproveAsync(plan);
        await using var frozen = await ChangeBench.StartAsync(cluster, bench.Namespace, policy: """
            version: 1
            defaults:
              windows: [freeze]
            windows:
            - {name: freeze, kind: deny, start: "00:00", length: 24h, timeZone: UTC}
            """, environment: [("K8S_MCP_APPROVAL_ROOT", bench.ApprovalRoot), ("INFRA_GATE_GRANT_PUBLIC_KEY", bench.PublicKey)]);

        var result = await frozen.ApplyAsync(plan);

        ServerUnderTest.Text(result).ShouldStartWith("policy_blocked: ");
        (await bench.StatusAsync(plan)).ShouldBe(PlanStatus.Approved);
        await NothingWasWrittenAsync(bench);
    }

    [Fact]
    public async Task A_change_window_that_closes_while_the_cluster_is_compared_keeps_an_approved_plan_waiting()
    {
        var time = new ShiftedTime();
        var closes = time.GetUtcNow().AddMinutes(2);
        await using var proxy = await FaultProxy.StartAsync(cluster.KubeconfigPath);
        await using var bench = await ChangeBench.StartAsync(cluster, kubeconfig: proxy.KubeconfigPath, time: time, policy: $$"""
            version: 1
            defaults:
              windows: [freeze]
            windows:
            - {name: freeze, kind: deny, start: "{{closes:HH:mm}}", length: 1h, timeZone: UTC}
            """);
        var plan = await bench.PlanScaleAsync(3);
        await bench.ApproveAsync(plan);
        var comparison = proxy.Hold(request => request.IsDryRun);

        var applying = bench.ApplyAsync(plan);
        await comparison.Hit.WaitAsync(TimeSpan.FromSeconds(30));
        time.Forward(TimeSpan.FromMinutes(3));
        proxy.Heal();

        ServerUnderTest.Text(await applying).ShouldStartWith("policy_blocked: ");
        (await bench.StatusAsync(plan)).ShouldBe(PlanStatus.Approved);
        await NothingWasWrittenAsync(bench);
    }

    [Fact]
    public async Task A_right_that_the_clusters_review_denies_makes_no_plan_though_the_request_could_be_tried()
    {
        await using var proxy = await FaultProxy.StartAsync(cluster.KubeconfigPath);
        await using var bench = await ChangeBench.StartAsync(cluster, kubeconfig: proxy.KubeconfigPath);
        proxy.Add(new FaultRule(request => request.PathAndQuery.EndsWith("/selfsubjectaccessreviews", StringComparison.Ordinal), FaultAction.Answer)
        {
            Status = 201,
            Times = int.MaxValue,
            Body = """{"apiVersion":"authorization.k8s.io/v1","kind":"SelfSubjectAccessReview","status":{"allowed":false}}""",
        });

        var refusal = await bench.RefusalAsync("request_scale_deployment", bench.In(("name", "nginx-demo"), ("replicas", 3)));

        refusal.GetProperty("code").GetString().ShouldBe("forbidden");
        refusal.GetProperty("message").GetString()!.ShouldContain("to patch deployments");
        (await bench.Store.ListAsync(new PlanQuery())).Plans.ShouldBeEmpty();
        proxy.Heal();
        await bench.PlanScaleAsync(3);
    }

    [Fact]
    public async Task A_right_is_asked_for_once_in_half_a_minute_and_each_right_by_itself()
    {
        await using var proxy = await FaultProxy.StartAsync(cluster.KubeconfigPath);
        var time = new ShiftedTime();
        await using var bench = await ChangeBench.StartAsync(cluster, kubeconfig: proxy.KubeconfigPath, time: time);
        int Reviews() => proxy.Requests.Count(request => request.PathAndQuery.EndsWith("/selfsubjectaccessreviews", StringComparison.Ordinal));

        await bench.PlanScaleAsync(3);
        Reviews().ShouldBe(1);
        await bench.PlanScaleAsync(4);
        Reviews().ShouldBe(1);
        await bench.PlanAsync("request_delete_manifest", bench.In(("manifest", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: nginx-demo}\n")));
        Reviews().ShouldBe(2);
        time.Forward(TimeSpan.FromSeconds(31));
        await bench.PlanScaleAsync(5);

        Reviews().ShouldBe(3);
    }

    public static TheoryData<string, string, string, string> BadCalls => new()
    {
        { "request_scale_deployment", """{"name":"nginx-demo","replicas":-1}""", "invalid_argument", "replicas" },
        { "request_scale_deployment", """{"name":"nginx-demo","replicas":6}""", "invalid_argument", "replicas" },
        { "request_scale_deployment", """{"name":"nginx-demo","replicas":"two"}""", "invalid_argument", "replicas" },
        { "request_scale_deployment", """{"name":"nginx-demo","replicas":2.5}""", "invalid_argument", "replicas" },
        { "request_scale_deployment", """{"name":"nginx-demo","replicas":2,"force":true}""", "invalid_argument", "force" },
        { "request_scale_deployment", """{"name":"$(reboot)","replicas":2}""", "invalid_argument", "name" },
        { "request_scale_deployment", """{"name":"nothing-here","replicas":2}""", "not_found", "nothing-here" },
        { "request_restart_deployment", """{"name":"nothing-here"}""", "not_found", "nothing-here" },
        { "request_set_deployment_image", """{"name":"nginx-demo","container":"sidecar","image":"nginx:1"}""", "invalid_argument", "no container 'sidecar'" },
        { "request_set_deployment_image", """{"name":"nginx-demo","container":"nginx","image":"https://evil/x"}""", "invalid_argument", "image" },
        { "request_set_deployment_image", """{"name":"nginx-demo","container":"nginx","image":"nginx; rm -rf /"}""", "invalid_argument", "image" },
        { "request_set_deployment_image", """{"name":"nginx-demo","container":"nginx","image":"Nginx"}""", "invalid_argument", "image" },
        { "request_apply_manifest", """{"manifest":"apiVersion: v1\nkind: Secret\nmetadata: {name: a}"}""", "unsupported_kind", "Secret" },
        { "request_apply_manifest", """{"manifest":"apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: a}"}""", "unsupported_kind", "Ingress" },
        { "request_apply_manifest", """{"manifest":"apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: kube-system}"}""", "invalid_argument", "kube-system" },
        { "request_apply_manifest", """{"manifest":"a: [b"}""", "invalid_argument", "not well-formed" },
        { "request_apply_manifest", """{"manifest":""}""", "invalid_argument", "no object" },
        { "request_apply_manifest", """{"manifest":"apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndatum: {b: c}"}""", "invalid_argument", "datum (line 4, column 1)" },
        { "request_apply_manifest", """{"manifest":"apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec:\n  ports:\n  - port: 80\n    targetPrt: 8080"}""", "invalid_argument", "targetPrt (line 7, column 5)" },
        { "request_apply_manifest", """{"manifest":"apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec:\n  type: Balancer\n  ports:\n  - port: 80"}""", "invalid_argument", "spec.type (line 5, column 3)" },
        { "request_apply_manifest", """{"manifest":"apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: nginx-demo}\nspec: {replicas: 50}"}""", "policy_blocked", "at most 5" },
        { "request_delete_manifest", """{"manifest":"apiVersion: v1\nkind: ConfigMap\nmetadata: {name: nothing-here}"}""", "not_found", "nothing-here" },
    };

    [Theory]
    [MemberData(nameof(BadCalls))]
    public async Task A_bad_call_gets_a_code_and_a_reason_and_makes_no_plan(string tool, string arguments, string code, string reason)
    {
        await using var bench = await ChangeBench.StartAsync(cluster, await SharedNamespace.GetAsync(cluster));
        var sent = JsonNode.Parse(arguments)!.AsObject();
        sent["namespace"] = bench.Namespace;

        var refusal = await bench.RefusalAsync(tool, sent);

        $"{refusal.GetProperty("code").GetString()}: {refusal.GetProperty("message").GetString()}".ShouldStartWith(code);
        refusal.GetProperty("message").GetString()!.ShouldContain(reason);
        (await bench.Store.ListAsync(new PlanQuery())).Plans.ShouldBeEmpty();
        await NothingWasWrittenAsync(bench);
    }

    [Fact]
    public async Task A_namespace_that_is_not_allowed_is_refused_by_every_tool()
    {
        await using var bench = await ChangeBench.StartAsync(cluster);
        foreach (var (tool, arguments) in new (string, JsonObject)[]
        {
            ("request_scale_deployment", new JsonObject { ["name"] = "a", ["replicas"] = 1 }),
            ("request_restart_deployment", new JsonObject { ["name"] = "a" }),
            ("request_set_deployment_image", new JsonObject { ["name"] = "a", ["container"] = "a", ["image"] = "a" }),
            ("request_apply_manifest", new JsonObject { ["manifest"] = "a" }),
            ("request_delete_manifest", new JsonObject { ["manifest"] = "a" }),
        })
        {
            arguments["namespace"] = "kube-system";
            (await bench.RefusalAsync(tool, arguments)).GetProperty("code").GetString().ShouldBe("namespace_not_allowed", tool);
        }
    }

    private static async Task ForceApprovedAsync(ChangeBench bench, Plan plan, string grant)
    {
        // What somebody who can write to the database could do at most.
        (await bench.Store.TryTransitionAsync(plan.Id, [new PlanTransition { From = PlanStatus.Pending, To = PlanStatus.Approved, Actor = AuditActor.InfraGate, Grant = grant }])).ShouldBeTrue();
    }

    private static async Task NothingWasWrittenAsync(ChangeBench bench)
    {
        (await bench.WritesAsync()).ShouldBe(0);
        ((int)(await bench.DeploymentAsync())["spec"]!["replicas"]!).ShouldBe(2);
    }

    [Fact]
    public async Task Whoever_has_as_many_plans_waiting_as_may_is_told_to_have_them_decided_and_still_gets_equal_ones_back()
    {
        await using var bench = await ChangeBench.StartAsync(cluster, environment: ("K8S_MCP_MAX_PENDING_PLANS", "1"));
        var waiting = await bench.PlanScaleAsync(3);

        var error = await bench.RefusalAsync("request_scale_deployment", bench.In(("name", "nginx-demo"), ("replicas", 2)));

        error.GetProperty("code").GetString().ShouldBe("rate_limited");
        error.GetProperty("hint").GetString()!.ShouldContain("approve, deny or withdraw");
        (await bench.PlanScaleAsync(3)).Id.ShouldBe(waiting.Id);
        await bench.ApproveAsync(waiting);
        (await bench.PlanScaleAsync(2)).Id.ShouldNotBe(waiting.Id);
    }
}
