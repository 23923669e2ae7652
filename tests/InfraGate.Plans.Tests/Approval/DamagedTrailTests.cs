using InfraGate.Plans.Approval;
using InfraGate.Plans.Audit;
using InfraGate.Plans.Grants;
using InfraGate.Plans.Lifecycle;

namespace InfraGate.Plans.Tests.Approval;

public sealed class DamagedTrailTests : ApprovalDeskTests
{
    [Fact]
    public async Task Nothing_is_approved_while_the_trail_is_known_to_be_damaged_and_denying_stays_possible()
    {
        var signer = new AuditSigner(Key, anchorPath: null);
        var desk = new ApprovalDesk(Store, Policy, new GrantSigner(Key, Time), new DecisionSigner(Key), Time, signer);
        var plan = await AddAsync();
        (await desk.ReviewAsync(plan.Id, Alice))!.ApprovalRefusal.ShouldBeNull();

        signer.Conclude(new SigningAttempt(Time.GetUtcNow(), Signature: null, AuditBreak.EndRemoved(signed: 9, last: 5)));

        var review = (await desk.ReviewAsync(plan.Id, Alice))!;
        review.Refusal.ShouldBeNull();
        review.ApprovalRefusal.ShouldNotBeNull().ShouldContain("audit trail");
        var refused = await desk.DecideAsync(Approve(plan, Alice));
        refused.Accepted.ShouldBeFalse();
        refused.Message.ShouldContain("audit trail");
        (await desk.DecideAsync(Deny(plan, Alice, "Not now."))).Plan!.Status.ShouldBe(PlanStatus.Denied);
    }
}
