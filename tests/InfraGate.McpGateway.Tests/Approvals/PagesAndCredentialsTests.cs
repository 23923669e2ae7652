using System.Net;
using InfraGate.McpGateway.Auth.ApiKeys;
using InfraGate.McpGateway.Configuration;
using InfraGate.McpGateway.Tests.Support;
using InfraGate.Plans.Lifecycle;
using Microsoft.Extensions.DependencyInjection;

namespace InfraGate.McpGateway.Tests.Approvals;

/// <summary>What an agent holds is worth nothing at the approval pages.</summary>
public sealed class PagesAndCredentialsTests
{
    [Theory]
    [InlineData("bearer token")]
    [InlineData("bearer token for the approval client")]
    [InlineData("api key")]
    [InlineData("mcp session")]
    public async Task No_credential_of_an_agent_opens_a_page_or_decides(string credential)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        await gateway.ReadyAsync();
        var plan = await gateway.AddPlanAsync();
        using var agent = await AgentAsync(gateway, credential);

        foreach (var path in new[] { "/approvals", $"/approvals/plans/{plan.Id}", "/approvals/audit", "/approvals/audit/export.jsonl", "/approvals/live", $"/approvals/live/plans/{plan.Id}" })
        {
            using var script = await agent.SendAsync(agent.Bare(HttpMethod.Get, path));
            script.StatusCode.ShouldBe(HttpStatusCode.Unauthorized, path);
            using var asPage = agent.Bare(HttpMethod.Get, path);
            asPage.Headers.Add("Accept", "text/html");
            using var page = await agent.SendAsync(asPage);
            page.StatusCode.ShouldBe(HttpStatusCode.Redirect, path);
            page.Headers.Location!.OriginalString.ShouldStartWith(gateway.Issuer.Url + "/authorize?");
        }

        foreach (var path in new[] { $"/approvals/plans/{plan.Id}", "/approvals/sign-out" })
        {
            using var post = agent.Bare(HttpMethod.Post, path);
            post.Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["_handler"] = "decide",
                ["Input.Verdict"] = "Approve",
                ["Input.Digest"] = plan.Digest.Value,
                ["Input.PolicyVersion"] = "built-in",
            });
            using var answer = await agent.SendAsync(post);
            answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized, path);
        }

        var after = (await gateway.Store().FindAsync(plan.Id))!;
        after.Status.ShouldBe(PlanStatus.Pending);
        after.Decisions.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_signed_in_person_approves_over_the_wire_and_the_audit_page_verifies_the_real_chain()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        await gateway.ReadyAsync();
        var plan = await gateway.AddPlanAsync();
        using var alice = new SignInBrowser(gateway);
        await alice.SignInAsync();

        using var answer = await alice.SendAsync(HttpMethod.Post, $"/approvals/plans/{plan.Id}", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["_handler"] = "decide",
            ["__RequestVerificationToken"] = await alice.FormTokenAsync(),
            ["Input.Verdict"] = "Approve",
            ["Input.Digest"] = plan.Digest.Value,
            ["Input.PolicyVersion"] = "built-in",
        }));

        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await gateway.Store().FindAsync(plan.Id))!.Status.ShouldBe(PlanStatus.Approved);
        using var audit = await alice.GetAsync("/approvals/audit");
        var html = await audit.Content.ReadAsStringAsync();
        html.ShouldContain("The chain is whole.");
        html.ShouldContain("3 entries verified");
        using var export = await alice.GetAsync("/approvals/audit/export.jsonl");
        (await export.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(3);
    }

    [Fact]
    public async Task Pages_carry_the_headers_that_keep_them_out_of_frames_and_caches()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var alice = new SignInBrowser(gateway);
        await alice.SignInAsync();

        using var page = await alice.GetAsync("/approvals");

        page.Headers.GetValues("X-Frame-Options").ShouldBe(["DENY"]);
        page.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("frame-ancestors 'none'");
        page.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        page.Headers.GetValues("Referrer-Policy").ShouldBe(["same-origin"]);
        page.Headers.CacheControl!.NoStore.ShouldBeTrue();
    }

    private static async Task<McpWire> AgentAsync(GatewayUnderTest gateway, string credential)
    {
        switch (credential)
        {
            case "api key":
                var now = DateTimeOffset.UtcNow;
                var (key, record) = ApiKeyText.Create("ci", ["mcp:tools"], namespaces: null, now, now.AddDays(1));
                new ApiKeyFile(gateway.Services.GetRequiredService<GatewayOptions>().Storage.ApiKeysFile).Write([record]);
                return new McpWire(new Uri(gateway.Url), token: null) { ApiKey = key };
            case "bearer token for the approval client":
                return gateway.ClientOf("alice", client: "infra-gate-approval-ui");
            case "mcp session":
                var client = gateway.ClientOf("alice");
                await client.InitializeAsync();
                return client;
            default:
                return gateway.ClientOf("alice");
        }
    }
}
