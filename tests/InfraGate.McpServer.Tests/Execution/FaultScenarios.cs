using System.Text.Json.Nodes;
using InfraGate.McpServer.Tests.Support;
using InfraGate.Plans;
using InfraGate.Plans.Audit;
using InfraGate.Plans.Lifecycle;
using InfraGate.RealParts.Clusters;
using InfraGate.RealParts.Faults;
using InfraGate.RealParts.Time;
using InfraGate.RealParts.Waiting;

namespace InfraGate.McpServer.Tests.Execution;

/// <summary>An API server that is down, slow, overloaded or broken, a certificate that expired, a token that was revoked: always a code, never a guess.</summary>
public abstract class FaultScenarios(IClusterUnderTest cluster)
{
    [Theory]
    [InlineData(429, "rate_limited")]
    [InlineData(500, "cluster_unavailable")]
    [InlineData(503, "cluster_unavailable")]
    [InlineData(401, "cluster_unavailable")]
    public async Task An_answer_that_is_no_answer_while_planning_is_coded_and_makes_no_plan(int status, string code)
    {
        await using var proxy = await FaultProxy.StartAsync(cluster.KubeconfigPath);
        await using var bench = await ChangeBench.StartAsync(cluster, kubeconfig: proxy.KubeconfigPath);
        proxy.Answer(_ => true, status);

        (await bench.RefusalAsync("request_scale_deployment", bench.In(("name", "nginx-demo"), ("replicas", 3)))).GetProperty("code").GetString().ShouldBe(code);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    public async Task A_failure_that_may_have_been_a_success_is_established_by_reading_and_written_once(int status)
    {
        await using var proxy = await FaultProxy.StartAsync(cluster.KubeconfigPath);
        await using var bench = await ChangeBench.StartAsync(cluster, kubeconfig: proxy.KubeconfigPath);
        var plan = await bench.PlanScaleAsync(3);
        await bench.ApproveAsync(plan);
        proxy.Answer(request => request.IsWrite, status, times: 1);

        await bench.AppliedAsync(plan);

        (await bench.WritesAsync()).ShouldBe(1);
        ((int)(await bench.DeploymentAsync())["spec"]!["replicas"]!).ShouldBe(3);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_connection_cut_at_the_write_is_established_by_reading_and_written_once(bool afterTheServerHandledIt)
    {
        await using var proxy = await FaultProxy.StartAsync(cluster.KubeconfigPath);
        await using var bench = await ChangeBench.StartAsync(cluster, kubeconfig: proxy.KubeconfigPath);
        var plan = await bench.PlanScaleAsync(3);
        await bench.ApproveAsync(plan);
        proxy.Cut(request => request.IsWrite, afterTheServerHandledIt);

        await bench.AppliedAsync(plan);

        (await bench.WritesAsync()).ShouldBe(1);
        ((int)(await bench.DeploymentAsync())["spec"]!["replicas"]!).ShouldBe(3);
    }

    [Fact]
    public async Task Throttled_writes_are_sent_again_when_the_server_says_so()
    {
        await using var proxy = await FaultProxy.StartAsync(cluster.KubeconfigPath);
        await using var bench = await ChangeBench.StartAsync(cluster, kubeconfig: proxy.KubeconfigPath);
        var plan = await bench.PlanScaleAsync(3);
        await bench.ApproveAsync(plan);
        proxy.Add(new FaultRule(request => request.IsWrite, FaultAction.Answer)
        {
            Status = 429,
            Times = 2,
            Headers = new Dictionary<string, string> { ["Retry-After"] = "0" },
        });

        await bench.AppliedAsync(plan);

        (await bench.WritesAsync()).ShouldBe(1);
    }

    // Takes the 30 s after which a write is given up.
    [Fact]
    public async Task A_write_that_is_answered_too_late_is_established_by_reading_and_written_once()
    {
        await using var proxy = await FaultProxy.StartAsync(cluster.KubeconfigPath);
        await using var bench = await ChangeBench.StartAsync(cluster, kubeconfig: proxy.KubeconfigPath);
        var plan = await bench.PlanScaleAsync(3);
        await bench.ApproveAsync(plan);
        proxy.Hold(request => request.IsWrite, afterHandling: true);

        var answer = await bench.AppliedAsync(plan);

        answer.GetProperty("objects")[0].GetProperty("message").GetString()!.ShouldContain("The answer was lost");
        (await bench.WritesAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task A_token_revoked_half_way_fails_the_plan_and_names_what_was_written()
    {
        await using var proxy = await FaultProxy.StartAsync(cluster.KubeconfigPath);
        await using var bench = await ChangeBench.StartAsync(cluster, await cluster.NewNamespaceAsync("change", withDemoWorkload: false), proxy.KubeconfigPath);
        var plan = await bench.PlanManifestAsync(SampleManifests.Shop);
        await bench.ApproveAsync(plan);
        proxy.Answer(request => request.IsWrite && request.PathAndQuery.Contains("/services/", StringComparison.Ordinal), 401);

        var result = await bench.ApplyAsync(plan);

        ServerUnderTest.Text(result).ShouldStartWith("plan_failed: ");
        ServerUnderTest.Text(result).ShouldContain("Service/shop");
        result.StructuredContent!.Value.GetProperty("error").GetProperty("details").GetProperty("objects").EnumerateArray()
            .Select(item => item.GetProperty("result").GetString()).ShouldBe(["written", "failed", "not-attempted"]);
        (await bench.StatusAsync(plan)).ShouldBe(PlanStatus.Failed);
    }

    [Theory]
    [InlineData(true, "plan_stale", PlanStatus.Stale)]
    [InlineData(false, "plan_failed", PlanStatus.Failed)]
    public async Task A_credential_in_a_refusal_reaches_neither_the_answer_nor_the_plan_nor_the_audit_trail(bool atTheDryRun, string code, PlanStatus end)
    {
        await using var proxy = await FaultProxy.StartAsync(cluster.KubeconfigPath);
        await using var bench = await ChangeBench.StartAsync(cluster, kubeconfig: proxy.KubeconfigPath);
        var plan = await bench.PlanScaleAsync(3);
        await bench.ApproveAsync(plan);
        proxy.Add(new FaultRule(request => atTheDryRun ? request.IsDryRun : request.IsWrite, FaultAction.Answer)
        {
            Status = 403,
            Times = int.MaxValue,
            Body = """{"kind":"Status","status":"Failure","message":"admission webhook \"p.example.com\" denied the request: env DB_PASSWORD=\"hunter2-Tr0ub4dor\" not allowed","code":403}""",
        });

        var result = await bench.ApplyAsync(plan);

        ServerUnderTest.Text(result).ShouldStartWith($"{code}: ");
        var ended = (await bench.Store.FindAsync(plan.Id))!;
        ended.Status.ShouldBe(end);
        ended.StatusReason.ShouldNotBeNull().ShouldContain("denied the request");
        List<string?> kept = [ServerUnderTest.Text(result), ended.StatusReason, ended.Outcome?.Targets[0].Message];
        await foreach (var entry in bench.Store.ReadAuditAsync())
        {
            kept.Add(entry.Details);
        }

        kept.ShouldContain(text => text != null && text.Contains("not allowed"));
        kept.ShouldAllBe(text => text == null || !text.Contains("hunter2"));
    }

    [Fact]
    public async Task A_cluster_that_goes_away_at_the_write_leaves_the_plan_to_recovery_which_ends_it_exactly()
    {
        await using var proxy = await FaultProxy.StartAsync(cluster.KubeconfigPath);
        var time = new ShiftedTime();
        await using var bench = await ChangeBench.StartAsync(cluster, kubeconfig: proxy.KubeconfigPath, time: time, environment: HalfWay.Environment);
        var plan = await bench.PlanScaleAsync(3);
        await bench.ApproveAsync(plan);
        var handled = proxy.Cut(request => request.IsWrite, afterHandling: true);
        proxy.Add(new FaultRule(request => handled.Hit.IsCompleted && !request.IsWrite, FaultAction.CutBefore) { Times = int.MaxValue });

        var result = await bench.ApplyAsync(plan);

        ServerUnderTest.Text(result).ShouldStartWith("cluster_unavailable: ");
        (await bench.StatusAsync(plan)).ShouldBe(PlanStatus.Applying);
        proxy.Heal();
        time.Forward(HalfWay.PastTheLease);
        bench.Server.StartRecovery();
        var ended = await Eventually.GetAsync(() => bench.Store.FindAsync(plan.Id), found => found!.Status.IsFinal());
        ended!.Status.ShouldBe(PlanStatus.Applied);
        ended.Outcome!.Targets[0].Result.ShouldBe(TargetResult.AlreadySo);
        (await bench.WritesAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task An_executor_that_loses_its_hold_half_way_answers_with_what_becomes_of_the_plan()
    {
        var time = new ShiftedTime();
        await using var proxy = await FaultProxy.StartAsync(cluster.KubeconfigPath);
        await using var bench = await ChangeBench.StartAsync(cluster, kubeconfig: proxy.KubeconfigPath, time: time);
        var plan = await bench.PlanManifestAsync(
            "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: one}\ndata: {level: high}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: two}\ndata: {level: high}\n");
        await bench.ApproveAsync(plan);
        var first = proxy.Hold(request => request.IsWrite, afterHandling: true);

        var applying = bench.ApplyAsync(plan);
        await first.Hit.WaitAsync(TimeSpan.FromSeconds(30));

        // Between two renewals, as if the machine had slept.
        time.Forward(HalfWay.PastTheLease);
        proxy.Heal();

        (await applying).IsError.ShouldNotBe(true, ServerUnderTest.Text(await applying));
        (await bench.StatusAsync(plan)).ShouldBe(PlanStatus.Applied);
        (await bench.WritesAsync()).ShouldBe(2);
    }

    [Fact]
    public async Task An_API_server_that_fails_at_the_comparison_leaves_the_plan_approved()
    {
        await using var proxy = await FaultProxy.StartAsync(cluster.KubeconfigPath);
        await using var bench = await ChangeBench.StartAsync(cluster, kubeconfig: proxy.KubeconfigPath);
        var plan = await bench.PlanScaleAsync(3);
        await bench.ApproveAsync(plan);
        proxy.Answer(request => !request.IsWrite, 503);

        (await bench.ApplyRefusalAsync(plan)).ShouldBe("cluster_unavailable");

        (await bench.StatusAsync(plan)).ShouldBe(PlanStatus.Approved);
        proxy.Heal();
        await bench.AppliedAsync(plan);
        (await bench.WritesAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task An_executor_that_was_suspended_past_its_lease_sends_nothing_more_and_its_call_gets_what_the_successor_did()
    {
        var time = new ShiftedTime();
        await using var proxy = await FaultProxy.StartAsync(cluster.KubeconfigPath);
        await using var bench = await ChangeBench.StartAsync(cluster, kubeconfig: proxy.KubeconfigPath, time: time);
        var plan = await bench.PlanScaleAsync(3);
        await bench.ApproveAsync(plan);
        proxy.Add(new FaultRule(request => request.IsWrite && Suspend(time, TimeSpan.FromSeconds(16)), FaultAction.Answer)
        {
            Status = 429,
            Headers = new Dictionary<string, string> { ["Retry-After"] = "0" },
        });

        var result = await bench.ApplyAsync(plan);

        (result.IsError ?? false).ShouldBeFalse(ServerUnderTest.Text(result));
        var requests = proxy.Requests.ToList();
        requests.Count(request => request.IsWrite).ShouldBe(2);
        requests[(requests.FindIndex(request => request.IsWrite) + 1)..requests.FindLastIndex(request => request.IsWrite)]
            .ShouldContain(request => !request.IsWrite, "whoever takes over looks at the cluster before it writes; the throttled write is not sent again");
        (await AuditTrail.ActionsAsync(bench.Store, plan.Id)).ShouldContain(AuditActions.PlanTakenOver);
        (await bench.WritesAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task An_approval_that_runs_out_while_the_cluster_is_compared_writes_nothing()
    {
        var time = new ShiftedTime();
        await using var proxy = await FaultProxy.StartAsync(cluster.KubeconfigPath);
        await using var bench = await ChangeBench.StartAsync(cluster, kubeconfig: proxy.KubeconfigPath, time: time);
        var plan = await bench.PlanScaleAsync(3);
        await bench.ApproveAsync(plan);
        proxy.Answer(request => request.PathAndQuery.Contains("dryRun", StringComparison.Ordinal) && !Suspend(time, TimeSpan.FromHours(2)), status: 500);

        (await bench.ApplyRefusalAsync(plan)).ShouldBe("plan_failed");

        (await bench.WritesAsync()).ShouldBe(0);
        var ended = (await bench.Store.FindAsync(plan.Id))!;
        ended.Status.ShouldBe(PlanStatus.Failed);
        ended.Outcome!.Targets.ShouldHaveSingleItem().Result.ShouldBe(TargetResult.NotAttempted);
        ended.Outcome.Targets[0].Message!.ShouldContain("has run out");
    }

    private static bool Suspend(ShiftedTime time, TimeSpan length)
    {
        time.Forward(length);
        return true;
    }
}
