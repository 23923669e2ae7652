using System.Text.Json.Nodes;
using InfraGate.McpGateway.Approvals;
using InfraGate.McpGateway.Configuration;
using InfraGate.McpGateway.Tests.Support;
using InfraGate.Plans;
using InfraGate.Plans.Approval;
using InfraGate.Plans.Audit;
using InfraGate.Plans.Storage;
using InfraGate.RealParts.Time;
using InfraGate.RealParts.Waiting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace InfraGate.McpGateway.Tests.Approvals;

/// <summary>The links that calls of <c>apply_approved_plan</c> get, and what they leave in the store.</summary>
public sealed class ApprovalLinksTests
{
    private static readonly AuditActor s_alice = new(AuditActorKind.Human, "alice", "Alice", Client: null);

    private readonly ShiftedTime _time = new();

    [Fact]
    public async Task Calls_of_one_minute_get_one_link_and_leave_one_entry()
    {
        await using var gateway = await StartAsync();
        var plan = await gateway.AddPlanAsync();
        using var client = await ClientAsync(gateway);

        var links = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => LinkAsync(client, plan)));

        links.Distinct().Count().ShouldBe(1);
        (await LinkAsync(client, plan)).ShouldBe(links[0]);
        (await IssuedAsync(gateway, plan)).ShouldBe(1);
        (await gateway.Store().RedeemChallengeAsync(TokenOf(links[0]), s_alice)).Result.ShouldBe(ChallengeResult.Redeemed);
    }

    [Fact]
    public async Task After_a_minute_there_is_another_and_the_first_still_works()
    {
        await using var gateway = await StartAsync();
        var plan = await gateway.AddPlanAsync();
        using var client = await ClientAsync(gateway);
        var first = await LinkAsync(client, plan);

        _time.Forward(TimeSpan.FromMinutes(1));

        (await LinkAsync(client, plan)).ShouldNotBe(first);
        (await gateway.Store().RedeemChallengeAsync(TokenOf(first), s_alice)).Result.ShouldBe(ChallengeResult.Redeemed);
    }

    [Fact]
    public async Task A_link_that_was_used_at_another_gateway_is_not_given_again()
    {
        await using var gateway = await StartAsync();
        var plan = await gateway.AddPlanAsync();
        using var client = await ClientAsync(gateway);
        var used = await LinkAsync(client, plan);
        var storage = gateway.Services.GetRequiredService<GatewayOptions>().Storage;
        await using (var other = PlanStores.Open(new PlanStoreSettings { ApprovalRoot = storage.ApprovalRoot, Database = storage.Database }, _time))
        {
            (await other.RedeemChallengeAsync(TokenOf(used), s_alice)).Result.ShouldBe(ChallengeResult.Redeemed);
        }

        var next = await LinkAsync(client, plan);

        next.ShouldNotBe(used);
        (await LinkAsync(client, plan)).ShouldBe(next);
    }

    [Fact]
    public async Task Each_plan_has_a_link_of_its_own()
    {
        await using var gateway = await StartAsync();
        using var client = await ClientAsync(gateway);

        (await LinkAsync(client, await gateway.AddPlanAsync())).ShouldNotBe(await LinkAsync(client, await gateway.AddPlanAsync()));
    }

    [Fact]
    public async Task The_sweep_deletes_links_that_are_over_for_more_than_a_day()
    {
        await using var gateway = await StartAsync();
        var plan = await gateway.AddPlanAsync(lifetime: TimeSpan.FromDays(3));
        var old = await gateway.Store().IssueChallengeAsync(plan.Id, TimeSpan.FromMinutes(10), s_alice);
        _time.Forward(TimeSpan.FromHours(24));
        var recent = await gateway.Store().IssueChallengeAsync(plan.Id, TimeSpan.FromMinutes(10), s_alice);
        _time.Forward(TimeSpan.FromMinutes(11));
        using var sweep = new ExpirySweep(gateway.Store(), _time, NullLogger<ExpirySweep>.Instance);

        await sweep.StartAsync(CancellationToken.None);

        await Eventually.TrueAsync(async () => (await gateway.Store().RedeemChallengeAsync(old.Token, s_alice)).Result == ChallengeResult.Unknown);
        (await gateway.Store().RedeemChallengeAsync(recent.Token, s_alice)).Result.ShouldBe(ChallengeResult.Expired);
        await sweep.StopAsync(CancellationToken.None);
    }

    private static async Task<McpWire> ClientAsync(GatewayUnderTest gateway)
    {
        var client = gateway.ClientOf("alice");
        await client.InitializeAsync();
        return client;
    }

    private static async Task<string> LinkAsync(McpWire client, Plan plan) =>
        (string)(await client.CallAsync("apply_approved_plan", new JsonObject { ["planId"] = plan.Id.Value })).Structured["error"]!["details"]!["approvalUrl"]!;

    private static string TokenOf(string link) => link.Split('/')[^1];

    private static async Task<int> IssuedAsync(GatewayUnderTest gateway, Plan plan) =>
        (await gateway.Store().SearchAuditAsync(new AuditQuery { Plan = plan.Id })).Count(entry => entry.Action == AuditActions.ChallengeIssued);

    private async Task<GatewayUnderTest> StartAsync()
    {
        var gateway = await GatewayUnderTest.StartAsync(customize: builder => builder.Services.AddSingleton<TimeProvider>(_time));
        await gateway.ReadyAsync();
        return gateway;
    }
}
