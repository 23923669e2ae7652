using InfraGate.Plans.Audit;
using InfraGate.Plans.Lifecycle;
using InfraGate.Plans.Storage;
using InfraGate.Plans.Tests.Building;

namespace InfraGate.Plans.Tests.Storage;

public abstract partial class PlanStoreContract
{
    [Fact]
    public async Task One_more_plan_than_may_wait_for_a_person_is_refused_and_leaves_no_trace()
    {
        await using var store = OpenStore(maxPendingPlans: 2);
        await store.AddAsync(PlanBuilder.Scale(Now), "one");
        await store.AddAsync(PlanBuilder.Scale(Now), "two");

        (await Should.ThrowAsync<PendingPlanLimitException>(() => store.AddAsync(PlanBuilder.Scale(Now), "three"))).Limit.ShouldBe(2);

        (await store.CountAsync())[PlanStatus.Pending].ShouldBe(2);
        (await store.ReadAuditHeadAsync()).Sequence.ShouldBe(2);
        await store.AddAsync(PlanBuilder.Scale(Now) with { Requester = PlanBuilder.Scale(Now).Requester with { Subject = "somebody else" } }, "three");
    }

    [Fact]
    public async Task A_plan_that_replaces_one_and_one_that_follows_a_decided_or_expired_one_is_not_too_many()
    {
        await using var store = OpenStore(maxPendingPlans: 1);
        await store.AddAsync(PlanBuilder.Scale(Now), "same");
        var second = await store.AddAsync(PlanBuilder.Scale(Now), "same");
        await store.TryTransitionAsync(second.Id, [Edges.To(PlanStatus.Pending, PlanStatus.Denied, "No.") with { Actor = Edges.Bob }]);

        var third = await store.AddAsync(PlanBuilder.Scale(Now), "other");
        Time.Set(third.Content.ExpiresAt);

        (await store.AddAsync(PlanBuilder.Scale(Now), "yet another")).Status.ShouldBe(PlanStatus.Pending);
    }

    [Fact]
    public async Task A_refused_plan_does_not_end_the_one_it_would_have_replaced()
    {
        var replaced = await Store.AddAsync(PlanBuilder.Scale(Now), "same");
        await Store.AddAsync(PlanBuilder.Scale(Now), "other");
        await using var store = OpenStore(maxPendingPlans: 1);

        await Should.ThrowAsync<PendingPlanLimitException>(() => store.AddAsync(PlanBuilder.Scale(Now), "same"));

        (await store.FindAsync(replaced.Id))!.Status.ShouldBe(PlanStatus.Pending);
        (await store.VerifyAuditAsync(new AuditVerificationOptions())).IsWhole.ShouldBeTrue();
    }

    [Fact]
    public async Task Plans_made_at_the_same_moment_do_not_pass_the_limit_together()
    {
        await using var one = OpenStore(maxPendingPlans: 3);
        await using var two = OpenStore(maxPendingPlans: 3);

        var made = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Run(async () =>
        {
            try
            {
                await (i % 2 == 0 ? one : two).AddAsync(PlanBuilder.Scale(Now), $"request-{i}");
                return true;
            }
            catch (PendingPlanLimitException)
            {
                return false;
            }
        })));

        made.Count(stored => stored).ShouldBe(3);
        (await Store.CountAsync())[PlanStatus.Pending].ShouldBe(3);
    }
}
