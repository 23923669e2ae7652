using System.Text;
using System.Text.Json.Nodes;
using InfraGate.McpGateway.Auth.ApiKeys;
using InfraGate.McpGateway.Configuration;
using InfraGate.McpGateway.Tests.Support;
using InfraGate.Plans.Approval;
using InfraGate.Plans.Lifecycle;
using InfraGate.Plans.Storage;
using InfraGate.RealParts.Files;
using Microsoft.Extensions.DependencyInjection;

namespace InfraGate.McpGateway.Tests.Approvals;

/// <summary><c>apply_approved_plan</c> over the socket, with the fake behind the gateway counting what reaches it.</summary>
public sealed class ApprovalStageTests
{
    private const string Tool = "apply_approved_plan";

    [Fact]
    public async Task A_plan_that_waits_is_answered_with_a_link_for_a_human_and_reaches_no_server()
    {
        await using var gateway = await StartAsync();
        var plan = await gateway.AddPlanAsync();
        using var client = await ClientAsync(gateway);

        var answer = await client.CallAsync(Tool, Arguments(plan.Id.Value));

        answer.ToolError.ShouldBe("approval_required");
        var error = answer.Structured["error"]!;
        var details = error["details"]!;
        var link = (string)details["approvalUrl"]!;
        link.ShouldStartWith(gateway.Url + "/approvals/c/");
        link.Split('/')[^1].Length.ShouldBe(43);
        ((string)details["planId"]!).ShouldBe(plan.Id.Value);
        ((string)details["status"]!).ShouldBe("pending");
        DateTimeOffset.Parse((string)details["linkExpiresAt"]!).ShouldBeInRange(DateTimeOffset.UtcNow.AddMinutes(8), DateTimeOffset.UtcNow.AddMinutes(11));
        ((string)error["hint"]!).ShouldContain(link);
        ((string)answer.Result["content"]![0]!["text"]!).ShouldContain(link);
        gateway.Journaled(Tool).ShouldBe(0);
        (await gateway.Store().FindAsync(plan.Id))!.Status.ShouldBe(PlanStatus.Pending);
    }

    [Theory]
    [InlineData("mode: requester", null, "the requester is an API key without an owner")]
    [InlineData("mode: four-eyes", null, "the requester is an API key without an owner")]
    [InlineData("mode: requester", "alice", "Give the user this link")]
    [InlineData("mode: four-eyes", "alice", "Give the user this link")]
    [InlineData("mode: four-eyes, approvers: {groups: [sre]}", null, "Give the user this link")]
    public async Task A_key_is_told_when_the_policy_lets_nobody_approve_its_plan(string defaults, string? owner, string hint)
    {
        using var folder = TemporaryFolder.Create("policy");
        await using var gateway = await GatewayUnderTest.StartAsync(new() { ["K8S_MCP_POLICY_FILE"] = folder.Write("policy.yaml", $"version: 1\ndefaults: {{ {defaults} }}\n") });
        await gateway.ReadyAsync();
        var plan = await gateway.AddPlanAsync("key:ci", owner: owner);
        var (key, record) = ApiKeyText.Create("ci", ["mcp:tools"], namespaces: null, DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(1));
        new ApiKeyFile(gateway.Services.GetRequiredService<GatewayOptions>().Storage.ApiKeysFile).Write([record]);
        using var client = new McpWire(new Uri(gateway.Url), token: null) { ApiKey = key };
        await client.InitializeAsync();

        var answer = await client.CallAsync(Tool, Arguments(plan.Id.Value));

        answer.ToolError.ShouldBe("approval_required");
        ((string)answer.Structured["error"]!["hint"]!).ShouldContain(hint);
    }

    [Fact]
    public async Task The_link_leads_its_reader_through_sign_in_to_the_plan_and_approves_nothing()
    {
        await using var gateway = await StartAsync();
        var plan = await gateway.AddPlanAsync();
        using var client = await ClientAsync(gateway);
        var link = new Uri((string)(await client.CallAsync(Tool, Arguments(plan.Id.Value))).Structured["error"]!["details"]!["approvalUrl"]!);
        using var browser = new SignInBrowser(gateway);

        (await browser.SignInAsync(path: link.PathAndQuery)).ShouldBe(link.PathAndQuery);
        using var opened = await browser.GetAsync(link.PathAndQuery);

        opened.Headers.Location!.OriginalString.ShouldEndWith($"/approvals/plans/{plan.Id}");
        (await gateway.Store().FindAsync(plan.Id))!.Status.ShouldBe(PlanStatus.Pending);
    }

    [Fact]
    public async Task Somebody_elses_plan_does_not_exist_for_a_caller()
    {
        await using var gateway = await StartAsync();
        var plan = await gateway.AddPlanAsync("alice");
        using var mallory = await ClientAsync(gateway, "mallory");

        (await mallory.CallAsync(Tool, Arguments(plan.Id.Value))).ToolError.ShouldBe("plan_not_found");
        (await mallory.CallAsync(Tool, Arguments(plan.Id.Value, wait: 50))).ToolError.ShouldBe("plan_not_found");

        gateway.Journaled(Tool).ShouldBe(0);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("51")]
    [InlineData("1.5")]
    [InlineData("\"5\"")]
    [InlineData("null")]
    [InlineData("99999999999")]
    public async Task A_wait_that_is_out_of_range_is_refused(string wait)
    {
        await using var gateway = await StartAsync();
        var plan = await gateway.AddPlanAsync();
        using var client = await ClientAsync(gateway);

        (await client.CallAsync(Tool, new JsonObject { ["planId"] = plan.Id.Value, ["waitSeconds"] = JsonNode.Parse(wait) })).ToolError.ShouldBe("invalid_argument");

        gateway.Journaled(Tool).ShouldBe(0);
    }

    [Theory]
    [InlineData(Verdict.Approve)]
    [InlineData(Verdict.Deny)]
    public async Task A_call_that_waits_goes_on_the_moment_the_decision_falls_and_says_meanwhile_that_it_waits(Verdict verdict)
    {
        await using var gateway = await StartAsync();
        var plan = await gateway.AddPlanAsync();
        using var client = await ClientAsync(gateway);
        var call = client.CallAsync(Tool, Arguments(plan.Id.Value, wait: 50), new JsonObject { ["progressToken"] = "wait" });
        await gateway.ChallengeIssuedAsync(plan);

        await gateway.DecideAsync(plan, verdict);
        var decided = TimeProvider.System.GetTimestamp();
        var answer = await call;

        TimeProvider.System.GetElapsedTime(decided).ShouldBeLessThan(TimeSpan.FromSeconds(30), "the wait would have gone on for 50");
        answer.Structured["arguments"]!.AsObject().Select(argument => argument.Key).ShouldBe(["planId"]);
        var progress = answer.Messages.First(message => (string?)message["method"] == "notifications/progress")["params"]!;
        ((string)progress["progressToken"]!).ShouldBe("wait");
        ((string)progress["message"]!).ShouldContain($"Waiting for a human to decide on plan {plan.Id}");
        gateway.Journaled(Tool).ShouldBe(1);
    }

    [Fact]
    public async Task A_wait_that_nobody_ends_gives_the_link_again()
    {
        await using var gateway = await StartAsync();
        var plan = await gateway.AddPlanAsync();
        using var client = await ClientAsync(gateway);

        var answer = await client.CallAsync(Tool, Arguments(plan.Id.Value, wait: 1));

        answer.ToolError.ShouldBe("approval_required");
        ((string)answer.Structured["error"]!["message"]!).ShouldContain("within 1 s");
        gateway.Journaled(Tool).ShouldBe(0);
    }

    [Fact]
    public async Task What_the_server_must_refuse_itself_reaches_it()
    {
        await using var gateway = await StartAsync();
        var expired = await gateway.AddPlanAsync(lifetime: TimeSpan.FromMilliseconds(1));
        using var client = await ClientAsync(gateway);

        await client.CallAsync(Tool, Arguments("not-a-plan-id"));
        await client.CallAsync(Tool, Arguments("20261120-AAAAAAAA"));
        await client.CallAsync(Tool, Arguments(expired.Id.Value));

        gateway.Journaled(Tool).ShouldBe(3);
    }

    [Fact]
    public async Task A_plan_with_a_decision_that_nobody_signed_is_tampered_with_and_gets_no_link()
    {
        await using var gateway = await StartAsync();
        var plan = await gateway.AddPlanAsync();
        var forged = new Decision("bob", "Bob", Verdict.Approve, Reason: null, [], DateTimeOffset.UtcNow);
        (await gateway.Store().TryDecideAsync(plan.Id, forged, expectedDecisions: 0, transition: null)).ShouldBeTrue();
        using var client = await ClientAsync(gateway);

        (await client.CallAsync(Tool, Arguments(plan.Id.Value))).ToolError.ShouldBe("plan_tampered");

        gateway.Journaled(Tool).ShouldBe(0);
    }

    [Fact]
    public async Task Without_its_store_nothing_is_applied()
    {
        await using var gateway = await StartAsync();
        var plan = await gateway.AddPlanAsync();
        await gateway.DecideAsync(plan, Verdict.Approve);
        using var client = await ClientAsync(gateway);
        foreach (var file in Directory.EnumerateFiles(gateway.ApprovalRoot, PlanStoreSettings.DefaultFileName + "*"))
        {
            // Written over, never shortened: what is mapped into memory must stay there.
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            await stream.WriteAsync(Encoding.ASCII.GetBytes(new string('x', 8192)));
        }

        var answer = await client.CallAsync(Tool, Arguments(plan.Id.Value));

        answer.ToolError.ShouldBe("cluster_unavailable");
        gateway.Journaled(Tool).ShouldBe(0);
    }

    private static async Task<GatewayUnderTest> StartAsync()
    {
        var gateway = await GatewayUnderTest.StartAsync();
        await gateway.ReadyAsync();
        return gateway;
    }

    private static async Task<McpWire> ClientAsync(GatewayUnderTest gateway, string subject = "alice")
    {
        var client = gateway.ClientOf(subject);
        await client.InitializeAsync();
        return client;
    }

    private static JsonObject Arguments(string plan, int? wait = null) => wait is null ? new() { ["planId"] = plan } : new() { ["planId"] = plan, ["waitSeconds"] = wait };
}
