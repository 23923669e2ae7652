using InfraGate.Plans.Lifecycle;
using InfraGate.Plans.Tests.Building;

namespace InfraGate.Plans.Tests.Approval;

/// <summary>Plans whose digest is right and whose pages would show something else than what is sent: what somebody can put into the database as a whole.</summary>
public sealed class LyingPlanTests : ApprovalDeskTests
{
    [Fact]
    public async Task A_plan_that_shows_another_request_than_it_sends_is_never_approved()
    {
        var honest = PlanBuilder.Scale(Time.GetUtcNow());
        var target = honest.Targets[0];
        var lying = await Store.AddAsync(honest with { Targets = [target with { Request = target.Request with { Body = """{"spec":{"replicas":0}}""" } }] }, "lying");
        lying.IsIntact.ShouldBeTrue("the digest covers the lie as well");

        (await Desk.ReviewAsync(lying.Id, Alice))!.Plan.IsIntact.ShouldBeFalse();
        await RefusedAsync(Approve(lying, Alice), "shows something else than what it does");

        (await Store.FindAsync(lying.Id))!.Status.ShouldBe(PlanStatus.Pending);
    }

    [Fact]
    public async Task A_plan_that_shows_another_result_than_it_is_compared_with_is_never_approved()
    {
        var honest = PlanBuilder.Scale(Time.GetUtcNow());
        var lying = await Store.AddAsync(honest with { Targets = [honest.Targets[0] with { AfterView = honest.Targets[0].BeforeView }] }, "lying");

        await RefusedAsync(Approve(lying, Alice), "shows something else than what it does");
    }
}
