using System.Security.Cryptography;
using InfraGate.Plans.Approval;
using InfraGate.Plans.Lifecycle;
using InfraGate.Plans.Storage;
using InfraGate.Plans.Tests.Building;

namespace InfraGate.Plans.Tests.Storage;

public abstract partial class PlanStoreContract
{
    [Theory]
    [InlineData("UPDATE plan SET status = 'Pending', status_reason = NULL WHERE id = '{plan}'")]
    [InlineData("UPDATE plan SET status = 'Pending', status_reason = NULL WHERE id = '{plan}'; DELETE FROM decision WHERE plan_id = '{plan}'")]
    [InlineData("UPDATE plan SET status = 'Pending', status_reason = NULL WHERE id = '{plan}'; DELETE FROM decision WHERE plan_id = '{plan}' AND verdict = 'deny'")]
    public async Task A_plan_that_was_denied_and_put_back_is_never_approved(string edit)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var plan = await Store.AddAsync(PlanBuilder.Scale(Now), "key");
        await DecideAsync(key, plan, s_bob);
        await Store.TryDecideAsync(
            plan.Id, Edges.Word("dave", Verdict.Deny, Now, "No."), 1, Edges.To(PlanStatus.Pending, PlanStatus.Denied, "No.") with { Actor = Edges.Bob });
        await ExecuteRawAsync(edit.Replace("{plan}", plan.Id.Value, StringComparison.Ordinal));

        (await DecideAsync(key, plan, s_carol)).Accepted.ShouldBeFalse();

        var after = (await Store.FindAsync(plan.Id))!;
        after.IsIntact.ShouldBeFalse();
        after.Grant.ShouldBeNull();
    }

    [Theory]
    [InlineData("Pending")]
    [InlineData("Approved")]
    [InlineData("Applying")]
    public async Task A_plan_that_was_carried_out_and_put_back_is_not_intact(string status)
    {
        var story = await TellAStoryAsync();
        (await Store.FindAsync(story.Applied))!.IsIntact.ShouldBeTrue();

        await ExecuteRawAsync($"UPDATE plan SET status = '{status}' WHERE id = '{story.Applied}'");

        (await Store.FindAsync(story.Applied))!.IsIntact.ShouldBeFalse();
    }

    [Fact]
    public async Task A_plan_whose_approval_was_removed_is_never_approved()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var plan = await Store.AddAsync(PlanBuilder.Scale(Now), "key");
        await DecideAsync(key, plan, s_bob);
        await ExecuteRawAsync($"DELETE FROM decision WHERE plan_id = '{plan.Id}'");

        (await DecideAsync(key, plan, s_carol)).Accepted.ShouldBeFalse();
    }

    [Fact]
    public async Task An_end_that_was_moved_in_the_database_prolongs_no_plan()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var plan = await Store.AddAsync(PlanBuilder.Scale(Now), "key");
        await DecideAsync(key, plan, s_bob);
        await ExecuteRawAsync($"UPDATE plan SET due_at = due_at + 86400000, expires_at = expires_at + 86400000 WHERE id = '{plan.Id}'");
        Time.Advance(TimeSpan.FromHours(1));

        (await Store.ExpireDueAsync()).ShouldBe(0);
        (await DecideAsync(key, plan, s_carol)).Message.ShouldContain("has expired");
    }

    [Theory]
    [InlineData("UPDATE plan SET status = 'Blessed'")]
    [InlineData("UPDATE plan SET outcome = 'no json'")]
    [InlineData("UPDATE plan SET status_changed_at = 9223372036854775807")]
    [InlineData("UPDATE decision SET verdict = 'maybe'")]
    [InlineData("UPDATE decision SET approver_groups = 'no json'")]
    public async Task A_row_that_is_no_plan_any_more_is_told_as_tampering(string edit)
    {
        var story = await TellAStoryAsync();
        await ExecuteRawAsync(edit);

        (await Should.ThrowAsync<PlanTamperedException>(() => Store.FindAsync(story.Applied))).Plan.ShouldBe(story.Applied);
    }
}
