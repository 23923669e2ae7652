using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using InfraGate.McpGateway.Configuration;
using InfraGate.McpGateway.Tests.Support;
using InfraGate.Plans;
using InfraGate.Plans.Approval;
using InfraGate.Plans.Storage;
using InfraGate.RealParts.Files;
using InfraGate.RealParts.Waiting;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace InfraGate.McpGateway.Tests.Approvals.Webhooks;

/// <summary>Telling somebody that a plan waits, against a real receiver.</summary>
public sealed class PlanWebhookTests : IDisposable
{
    private const string Secret = "a-secret-that-is-long-enough-for-both-sides";

    private readonly TemporaryFolder _root = TemporaryFolder.Create("webhook");

    public void Dispose() => _root.Dispose();

    [Fact]
    public async Task A_new_plan_is_told_with_a_signature_that_verifies_and_without_a_link_that_approves()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var gateway = await StartAsync(receiver);
        var plan = await gateway.AddPlanAsync();

        var hook = (await receiver.WaitForAsync(1)).Single();

        var parts = hook.Signature.Split(',').Select(part => part.Split('=', 2)).ToDictionary(part => part[0], part => part[1], StringComparer.Ordinal);
        var expected = HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes($"{parts["t"]}.{hook.Body}"));
        parts["v1"].ShouldBe(Convert.ToHexStringLower(expected));
        DateTimeOffset.FromUnixTimeSeconds(long.Parse(parts["t"])).ShouldBeInRange(DateTimeOffset.UtcNow.AddMinutes(-2), DateTimeOffset.UtcNow.AddMinutes(1));
        hook.Plan.ShouldBe(plan.Id.Value);
        ((string)hook.Message["event"]!).ShouldBe("plan.created");
        ((string)hook.Message["url"]!).ShouldBe($"{gateway.Url}/approvals/plans/{plan.Id}");
        ((string)hook.Message["summary"]!).ShouldBe("Deployment/nginx-demo goes from 1 Pod to 3 Pods.");
        hook.Body.ShouldNotContain("/approvals/c/");
    }

    [Fact]
    public async Task A_receiver_that_stumbles_is_tried_again_with_the_same_delivery()
    {
        await using var receiver = await WebhookReceiver.StartAsync(HttpStatusCode.ServiceUnavailable, HttpStatusCode.TooManyRequests, HttpStatusCode.OK);
        await using var gateway = await StartAsync(receiver);
        await gateway.AddPlanAsync();

        var hooks = await receiver.WaitForAsync(3);

        hooks.Select(hook => (string)hook.Message["deliveryId"]!).Distinct().ShouldHaveSingleItem();
        File.Exists(DeadLetters).ShouldBeFalse();
    }

    [Theory]
    [InlineData(HttpStatusCode.InternalServerError, 6)]
    [InlineData(HttpStatusCode.BadRequest, 1)]
    [InlineData(HttpStatusCode.Redirect, 1)]
    public async Task What_nobody_takes_is_kept_as_a_dead_letter(HttpStatusCode status, int attempts)
    {
        await using var receiver = await WebhookReceiver.StartAsync(status);
        await using var gateway = await StartAsync(receiver);
        var plan = await gateway.AddPlanAsync();

        await Eventually.TrueAsync(() => Task.FromResult(File.Exists(DeadLetters) && File.ReadAllText(DeadLetters).EndsWith('\n')));

        receiver.Received.Count.ShouldBe(attempts);
        var letter = JsonNode.Parse(File.ReadAllLines(DeadLetters).ShouldHaveSingleItem())!;
        ((string)letter["problem"]!).ShouldBe($"status {(int)status}");
        ((string)letter["message"]!["planId"]!).ShouldBe(plan.Id.Value);
    }

    [Fact]
    public async Task After_a_restart_it_tells_what_was_missed_and_passes_over_what_was_decided()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        Plan first;
        await using (var gateway = await StartAsync(receiver))
        {
            first = await gateway.AddPlanAsync();
            await receiver.WaitForAsync(1);
            await Eventually.TrueAsync(async () => File.ReadAllText(Cursor) == (await gateway.Store().ReadAuditHeadAsync()).Sequence.ToString());
        }

        Plan missed;
        await using (var store = PlanStores.Open(new PlanStoreSettings { ApprovalRoot = _root.File("approvals") }, TimeProvider.System))
        {
            var withdrawn = await store.AddAsync(StoredPlans.Scale(DateTimeOffset.UtcNow));
            missed = await store.AddAsync(StoredPlans.Scale(DateTimeOffset.UtcNow));
            (await store.TryDecideAsync(withdrawn.Id, new Decision("alice", "Alice", Verdict.Deny, "No.", [], DateTimeOffset.UtcNow), expectedDecisions: 0, new PlanTransition
            {
                From = Plans.Lifecycle.PlanStatus.Pending,
                To = Plans.Lifecycle.PlanStatus.Denied,
                Actor = new Plans.Audit.AuditActor(Plans.Audit.AuditActorKind.Human, "alice", "Alice", Client: null),
                Reason = "No.",
            })).ShouldBeTrue();
        }

        await using (await StartAsync(receiver))
        {
            await receiver.WaitForAsync(2);
        }

        receiver.Received.Select(hook => hook.Plan).ShouldBe([first.Id.Value, missed.Id.Value]);
    }

    [Fact]
    public async Task A_plan_that_cannot_be_read_keeps_no_later_one_from_being_told()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        Plan unreadable;
        await using (await StartAsync(receiver))
        {
        }

        await using (var store = PlanStores.Open(new PlanStoreSettings { ApprovalRoot = _root.File("approvals") }, TimeProvider.System))
        {
            unreadable = await store.AddAsync(StoredPlans.Scale(DateTimeOffset.UtcNow));
        }

        await MakeUnreadableAsync(unreadable);
        await using var gateway = await StartAsync(receiver);
        await Should.ThrowAsync<PlanTamperedException>(() => gateway.Store().FindAsync(unreadable.Id));
        var next = await gateway.AddPlanAsync();

        (await receiver.WaitForAsync(1)).Single().Plan.ShouldBe(next.Id.Value);
    }

    [Fact]
    public async Task After_its_database_was_replaced_it_tells_what_the_new_one_holds()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using (var before = await StartAsync(receiver))
        {
            await before.AddPlanAsync();
            await before.AddPlanAsync();
            await receiver.WaitForAsync(2);
            await Eventually.TrueAsync(async () => File.ReadAllText(Cursor) == (await before.Store().ReadAuditHeadAsync()).Sequence.ToString());
        }

        SqliteConnection.ClearAllPools();
        foreach (var file in Directory.EnumerateFiles(_root.File("approvals"), PlanStoreSettings.DefaultFileName + "*"))
        {
            File.Delete(file);
        }

        await using var gateway = await StartAsync(receiver);
        var plan = await gateway.AddPlanAsync();

        (await receiver.WaitForAsync(3)).Last().Plan.ShouldBe(plan.Id.Value);
    }

    private async Task MakeUnreadableAsync(Plan plan)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(_root.File("approvals"), PlanStoreSettings.DefaultFileName)}");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "UPDATE plan_content SET content = 'not what was sealed' WHERE plan_id = $plan";
        command.Parameters.AddWithValue("$plan", plan.Id.Value);
        (await command.ExecuteNonQueryAsync()).ShouldBe(1);
    }

    private string DeadLetters => Path.Combine(_root.File("approvals"), "webhook-dead-letters.jsonl");

    private string Cursor => Path.Combine(_root.File("approvals"), "webhook-cursor");

    private async Task<GatewayUnderTest> StartAsync(WebhookReceiver receiver)
    {
        var gateway = await GatewayUnderTest.StartAsync(
            new()
            {
                ["K8S_MCP_APPROVAL_ROOT"] = _root.File("approvals"),
                ["INFRA_GATE_WEBHOOK_URL"] = receiver.Url,
                ["INFRA_GATE_WEBHOOK_SECRET"] = Secret,
            },
            builder => builder.Services.AddSingleton(new WebhookOptions { Url = new Uri(receiver.Url), Secret = Secret, FirstPause = TimeSpan.FromMilliseconds(5) }));

        // A plan made before the first look counts as told; begin once it has looked.
        await Eventually.TrueAsync(() => Task.FromResult(File.Exists(Cursor)));
        return gateway;
    }
}
