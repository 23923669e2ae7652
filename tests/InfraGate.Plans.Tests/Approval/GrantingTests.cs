using InfraGate.Plans.Approval;
using InfraGate.Plans.Audit;
using InfraGate.Plans.Grants;
using InfraGate.Plans.Lifecycle;
using InfraGate.Plans.Policy;

namespace InfraGate.Plans.Tests.Approval;

/// <summary>When the desk makes a grant, and when what was said makes none.</summary>
public sealed class GrantingTests : ApprovalDeskTests
{
    [Fact]
    public async Task The_last_approval_that_is_needed_approves_the_plan_with_a_grant_that_verifies()
    {
        var plan = await AddAsync();

        var result = await Desk.DecideAsync(Approve(plan, Alice));

        result.Accepted.ShouldBeTrue(result.Message);
        result.Plan!.Status.ShouldBe(PlanStatus.Approved);
        using var verifier = GrantVerifier.FromPublicKey(Convert.ToBase64String(Key.ExportSubjectPublicKeyInfo()), Time);
        var grant = verifier.Verify(result.Plan.Grant, plan.Id, plan.Digest).Grant.ShouldNotBeNull();
        grant.Approvers.ShouldBe(["alice"]);
        grant.ExpiresAt.ShouldBe(Time.GetUtcNow().AddMinutes(15));
        (await Store.SearchAuditAsync(new AuditQuery { Plan = plan.Id })).Select(entry => entry.Action)
            .ShouldBe([AuditActions.PlanApproved, AuditActions.DecisionRecorded, AuditActions.PlanCreated]);
    }

    [Fact]
    public async Task Every_decision_is_on_record_with_the_version_of_the_policy_under_which_it_was_taken()
    {
        Policy.Set(new EffectivePolicy { Mode = ApprovalMode.FourEyes, ApprovalsNeeded = 2 }, "v1");
        var plan = await AddAsync();
        await Desk.DecideAsync(Approve(plan, Bob));
        Policy.Set(new EffectivePolicy { Mode = ApprovalMode.FourEyes, ApprovalsNeeded = 3 }, "v2");
        await Desk.DecideAsync(Deny(plan, Carol, "No."));

        var decisions = await Store.SearchAuditAsync(new AuditQuery { Plan = plan.Id, Action = AuditActions.DecisionRecorded });
        decisions.Select(entry => AuditDetails.Text(entry.Details, "policyVersion")).ShouldBe(["v2", "v1"]);
        (await Store.FindAsync(plan.Id))!.IsIntact.ShouldBeTrue();
    }

    [Fact]
    public async Task A_grant_never_outlives_its_plan_and_an_unused_one_expires_the_plan()
    {
        var late = await AddAsync(lifetime: TimeSpan.FromMinutes(5));
        await Desk.DecideAsync(Approve(late, Alice));
        using var verifier = GrantVerifier.FromPublicKey(Convert.ToBase64String(Key.ExportSubjectPublicKeyInfo()), Time);
        verifier.Verify((await Store.FindAsync(late.Id))!.Grant, late.Id, late.Digest).Grant!.ExpiresAt.ShouldBe(late.Content.ExpiresAt);

        var unused = await AddAsync();
        await Desk.DecideAsync(Approve(unused, Alice));
        Time.Advance(TimeSpan.FromMinutes(15));
        await Store.ExpireDueAsync();
        (await Store.FindAsync(unused.Id))!.Status.ShouldBe(PlanStatus.Expired);
    }

    [Fact]
    public async Task One_denial_ends_a_plan_that_others_approved()
    {
        Policy.Set(new EffectivePolicy { Mode = ApprovalMode.FourEyes, ApprovalsNeeded = 2 });
        var plan = await AddAsync();
        (await Desk.DecideAsync(Approve(plan, Bob))).Message.ShouldBe("Your approval is recorded; 1 more is needed.");

        var result = await Desk.DecideAsync(Deny(plan, Carol, "The image is broken."));

        result.Accepted.ShouldBeTrue(result.Message);
        result.Plan!.Status.ShouldBe(PlanStatus.Denied);
        result.Plan.StatusReason.ShouldBe("The image is broken.");
        result.Plan.Grant.ShouldBeNull();
    }

    [Fact]
    public async Task Approvals_that_a_new_policy_no_longer_counts_do_not_make_a_grant()
    {
        Policy.Set(new EffectivePolicy { Mode = ApprovalMode.FourEyes, ApprovalsNeeded = 2 }, "v1");
        var plan = await AddAsync();
        await Desk.DecideAsync(Approve(plan, new Approver("dave", "Dave", ["guests"])));
        Policy.Set(new EffectivePolicy { Mode = ApprovalMode.FourEyes, ApprovalsNeeded = 2, ApproverGroups = ["sre"] }, "v2");

        (await Desk.ReviewAsync(plan.Id, Bob))!.ApprovalsMissing.ShouldBe(2);
        var first = await Desk.DecideAsync(Approve(plan, Bob));
        first.Plan!.Status.ShouldBe(PlanStatus.Pending);
        var second = await Desk.DecideAsync(Approve(plan, Carol));

        second.Plan!.Status.ShouldBe(PlanStatus.Approved);
        using var verifier = GrantVerifier.FromPublicKey(Convert.ToBase64String(Key.ExportSubjectPublicKeyInfo()), Time);
        verifier.Verify(second.Plan.Grant, plan.Id, plan.Digest).Grant!.Approvers.ShouldBe(["bob", "carol"]);
    }

    [Fact]
    public async Task Approvers_who_decide_at_the_same_moment_are_all_heard_and_one_grant_is_made()
    {
        Policy.Set(new EffectivePolicy { Mode = ApprovalMode.FourEyes, ApprovalsNeeded = 5 });
        var plan = await AddAsync();

        var results = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Run(() => Desk.DecideAsync(Approve(plan, new Approver($"person-{i}", $"Person {i}", []))))));

        results.Count(result => result.Accepted).ShouldBe(5);
        var decided = await Store.FindAsync(plan.Id);
        decided!.Status.ShouldBe(PlanStatus.Approved);
        decided.Decisions.Count.ShouldBe(5);
        (await Store.SearchAuditAsync(new AuditQuery { Plan = plan.Id, Action = AuditActions.PlanApproved })).ShouldHaveSingleItem();
    }
}
