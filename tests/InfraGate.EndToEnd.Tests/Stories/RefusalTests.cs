using System.Security.Cryptography;
using System.Text.Json.Nodes;
using InfraGate.EndToEnd.Tests.Agents;
using InfraGate.EndToEnd.Tests.People;
using InfraGate.Plans;
using InfraGate.Plans.Grants;
using InfraGate.Plans.Sealing;
using InfraGate.RealParts.Clusters;
using InfraGate.RealParts.Waiting;

namespace InfraGate.EndToEnd.Tests.Stories;

/// <summary>Every reason for which <c>apply_approved_plan</c> writes nothing, proven by the objects and by the writes that reached the API server.</summary>
public abstract class RefusalTests(StoryGateway stack)
{
    private const string ReviewedImage = "nginxinc/nginx-unprivileged:1.27.6";
    private const string SmuggledImage = "evil.example/miner:6.6.6";
    private static readonly TimeSpan PlanLifetime = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Nothing_is_written_before_the_approval_however_often_it_is_asked_for()
    {
        await using var scenario = await Scenario.StartAsync(stack);

        (await scenario.ApplyAsync()).Code.ShouldBe("approval_required");
        (await scenario.ApplyAsync()).Code.ShouldBe("approval_required");

        await scenario.Untouched.ShouldStillBeSoAsync();
    }

    [Fact]
    public async Task Nothing_is_written_after_a_denial()
    {
        await using var scenario = await Scenario.StartAsync(stack);
        using var alice = new WireApprover(Person.Alice);
        await alice.DenyAsync((await scenario.ApplyAsync()).ApprovalLink, "No.");

        (await scenario.ApplyAsync()).Code.ShouldBe("plan_denied");

        await scenario.Untouched.ShouldStillBeSoAsync();
    }

    [Fact]
    public async Task Nothing_is_written_after_the_plan_has_run_out_be_it_approved_or_not()
    {
        var untouched = await UntouchedNamespace.RememberAsync(stack.Cluster, stack.ShortLivedNamespace);
        await using var agent = await stack.OpenSessionAsync(Person.Alice);
        var expired = DateTimeOffset.Parse(stack.Database.Read("SELECT datetime(MAX(expires_at) / 1000 + 1, 'unixepoch') || 'Z' FROM plan WHERE namespace = @a", stack.ShortLivedNamespace));
        await Eventually.TrueAsync(() => Task.FromResult(DateTimeOffset.UtcNow > expired), PlanLifetime + TimeSpan.FromSeconds(10));

        (await agent.ApplyAsync(stack.UndecidedPlan)).Code.ShouldBe("plan_expired");
        (await agent.ApplyAsync(stack.ApprovedPlan)).Code.ShouldBe("plan_expired");

        await untouched.ShouldStillBeSoAsync();
    }

    [Fact]
    public async Task Nothing_is_written_when_the_stored_plan_was_edited_after_its_approval()
    {
        await using var scenario = await Scenario.StartAsync(stack, approved: true);
        stack.Database.Change("UPDATE plan_content SET content = replace(content, @a, @b) WHERE plan_id = @c", ReviewedImage, SmuggledImage, scenario.Plan);

        (await scenario.ApplyAsync()).Code.ShouldBe("plan_tampered");

        await scenario.Untouched.ShouldStillBeSoAsync();
    }

    [Fact]
    public async Task Nothing_is_written_when_the_stored_plan_was_edited_and_its_digest_made_to_fit()
    {
        await using var scenario = await Scenario.StartAsync(stack, approved: true);
        var content = stack.Database.Read("SELECT content FROM plan_content WHERE plan_id = @a", scenario.Plan).Replace(ReviewedImage, SmuggledImage, StringComparison.Ordinal);
        PlanSeal.TryRecompute(content, out var digest).ShouldBeTrue();
        stack.Database.Change("UPDATE plan_content SET content = @a WHERE plan_id = @b", content, scenario.Plan);
        stack.Database.Change("UPDATE plan SET digest = @a WHERE id = @b", digest.Value, scenario.Plan);

        (await scenario.ApplyAsync()).Code.ShouldBe("plan_tampered");

        await scenario.Untouched.ShouldStillBeSoAsync();
    }

    [Fact]
    public async Task Nothing_is_written_when_only_the_status_says_that_it_was_approved()
    {
        await using var scenario = await Scenario.StartAsync(stack);
        stack.Database.Change("UPDATE plan SET status = 'Approved' WHERE id = @a", scenario.Plan);

        (await scenario.ApplyAsync()).Code.ShouldBe("approval_required");

        await scenario.Untouched.ShouldStillBeSoAsync();
    }

    [Fact]
    public async Task Nothing_is_written_on_a_grant_that_somebody_else_signed()
    {
        await using var scenario = await Scenario.StartAsync(stack);
        using var attackersKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        PlanDigest.TryParse(stack.Database.Read("SELECT digest FROM plan WHERE id = @a", scenario.Plan), out var digest).ShouldBeTrue();
        PlanId.TryParse(scenario.Plan, out var id).ShouldBeTrue();
        var forged = new GrantSigner(attackersKey, TimeProvider.System).Sign(id, digest, ["alice"], DateTimeOffset.UtcNow.AddMinutes(10));
        Grant(scenario.Plan, forged.Token);

        (await scenario.ApplyAsync()).Code.ShouldBe("plan_tampered");

        await scenario.Untouched.ShouldStillBeSoAsync();
    }

    [Fact]
    public async Task Nothing_is_written_on_the_good_grant_of_another_plan()
    {
        await using var approved = await Scenario.StartAsync(stack, approved: true);
        var other = await approved.Agent.PlanImageAsync(approved.Namespace, SmuggledImage);
        Grant(other, stack.Database.Read("SELECT signed_grant FROM plan WHERE id = @a", approved.Plan));

        (await approved.Agent.ApplyAsync(other)).Code.ShouldBe("plan_tampered");

        await approved.Untouched.ShouldStillBeSoAsync();
    }

    [Fact]
    public async Task Nothing_is_written_when_the_target_was_changed_after_the_approval()
    {
        await using var scenario = await Scenario.StartAsync(stack, approved: true);
        var patch = new JsonObject { ["metadata"] = new JsonObject { ["labels"] = new JsonObject { ["team"] = "shop" } } };
        await stack.Cluster.Admin.MergeAsync(KubePath.Deployment(scenario.Namespace, "nginx-demo"), patch);
        var untouched = await UntouchedNamespace.RememberAsync(stack.Cluster, scenario.Namespace);

        var refused = await scenario.ApplyAsync();

        refused.Code.ShouldBe("plan_stale");
        (await scenario.ApplyAsync()).Code.ShouldBe("plan_stale");
        await untouched.ShouldStillBeSoAsync();
    }

    private void Grant(string plan, string grant) => stack.Database.Change("UPDATE plan SET status = 'Approved', signed_grant = @a WHERE id = @b", grant, plan);

    /// <summary>A plan for another image in a namespace of its own, and how the namespace was before.</summary>
    private sealed record Scenario(string Namespace, AgentSession Agent, string Plan, UntouchedNamespace Untouched) : IAsyncDisposable
    {
        public static async Task<Scenario> StartAsync(StoryGateway stack, bool approved = false)
        {
            var name = stack.TakeNamespace();
            var untouched = await UntouchedNamespace.RememberAsync(stack.Cluster, name);
            var agent = await stack.OpenSessionAsync(Person.Alice);
            var scenario = new Scenario(name, agent, await agent.PlanImageAsync(name, ReviewedImage), untouched);
            if (approved)
            {
                using var alice = new WireApprover(Person.Alice);
                await alice.ApproveAsync((await scenario.ApplyAsync()).ApprovalLink);
            }
            return scenario;
        }

        public Task<ToolAnswer> ApplyAsync() => Agent.ApplyAsync(Plan);

        public ValueTask DisposeAsync() => Agent.DisposeAsync();
    }
}
