using System.Text.Json.Nodes;
using InfraGate.McpGateway.Approvals;
using InfraGate.McpGateway.Tests.Support;
using InfraGate.Plans;
using InfraGate.Plans.Approval;
using InfraGate.RealParts.Waiting;

namespace InfraGate.McpGateway.Tests.Approvals;

/// <summary>What a call that waits for a human takes from others, and when it gives up.</summary>
public sealed class HumanWaitTests
{
    [Fact]
    public async Task A_call_that_waits_for_a_human_keeps_no_other_call_from_running()
    {
        await using var gateway = await StartAsync(new() { ["INFRA_GATE_MAX_CONCURRENT_CALLS"] = "1" });
        var plan = await gateway.AddPlanAsync();
        using var alice = await ClientAsync(gateway, "alice");
        using var bob = await ClientAsync(gateway, "bob");
        var waiting = WaitAsync(alice, plan);
        await gateway.ChallengeIssuedAsync(plan);

        (await bob.CallAsync("get_echo")).ToolError.ShouldBeNull();

        waiting.IsCompleted.ShouldBeFalse();
        await gateway.DecideAsync(plan, Verdict.Approve);
        (await waiting).ToolError.ShouldBeNull();
        gateway.Journaled(ApplyArguments.Tool).ShouldBe(1);
    }

    [Fact]
    public async Task A_call_that_has_waited_runs_only_when_there_is_a_place_for_it()
    {
        await using var gateway = await StartAsync(new() { ["INFRA_GATE_MAX_CONCURRENT_CALLS"] = "1", ["INFRA_GATE_MAX_QUEUED_CALLS"] = "0", ["INFRA_GATE_DRAIN_SECONDS"] = "0" });
        var plan = await gateway.AddPlanAsync();
        using var alice = await ClientAsync(gateway, "alice");
        using var bob = await ClientAsync(gateway, "bob");
        var waiting = WaitAsync(alice, plan);
        await gateway.ChallengeIssuedAsync(plan);
        await Eventually.TrueAsync(async () => (await bob.CallAsync("get_echo")).ToolError is null);
        _ = bob.CallAsync("get_slow", new JsonObject { ["milliseconds"] = 60_000 });
        await Eventually.TrueAsync(() => Task.FromResult(gateway.Journaled("get_slow") == 1));

        await gateway.DecideAsync(plan, Verdict.Approve);

        (await waiting).ToolError.ShouldBe("rate_limited");
        gateway.Journaled(ApplyArguments.Tool).ShouldBe(0);
    }

    [Fact]
    public async Task One_more_than_may_wait_for_a_subject_is_answered_without_waiting()
    {
        await using var gateway = await StartAsync();
        var plan = await gateway.AddPlanAsync();
        using var client = await ClientAsync(gateway, "alice");

        var calls = Enumerable.Range(0, HumanWait.MostPerSubject + 1).Select(_ => WaitAsync(client, plan)).ToList();
        var first = await await Task.WhenAny(calls);

        first.ToolError.ShouldBe("approval_required");
        ((string)first.Structured["error"]!["message"]!).ShouldContain("did not wait");
        ((string)first.Structured["error"]!["details"]!["approvalUrl"]!).ShouldStartWith(gateway.Url + "/approvals/c/");
        await gateway.DecideAsync(plan, Verdict.Approve);
        (await Task.WhenAll(calls)).Count(answer => answer.ToolError is null).ShouldBe(HumanWait.MostPerSubject);
    }

    [Fact]
    public async Task A_wait_ends_with_the_link_before_the_time_of_the_call_does()
    {
        await using var gateway = await StartAsync(new() { ["INFRA_GATE_CALL_TIMEOUT_SECONDS"] = "10" });
        var plan = await gateway.AddPlanAsync();
        using var client = await ClientAsync(gateway, "alice");

        var answer = await WaitAsync(client, plan);

        answer.ToolError.ShouldBe("approval_required");
        ((string)answer.Structured["error"]!["message"]!).ShouldMatch("within [1-5] s");
        ((string)answer.Structured["error"]!["details"]!["approvalUrl"]!).ShouldStartWith(gateway.Url + "/approvals/c/");
    }

    private static async Task<GatewayUnderTest> StartAsync(Dictionary<string, string>? settings = null)
    {
        var gateway = await GatewayUnderTest.StartAsync(settings);
        await gateway.ReadyAsync();
        return gateway;
    }

    private static async Task<McpWire> ClientAsync(GatewayUnderTest gateway, string subject)
    {
        var client = gateway.ClientOf(subject);
        await client.InitializeAsync();
        return client;
    }

    private static Task<WireAnswer> WaitAsync(McpWire client, Plan plan) =>
        client.CallAsync(ApplyArguments.Tool, new JsonObject { ["planId"] = plan.Id.Value, ["waitSeconds"] = 50 });
}
