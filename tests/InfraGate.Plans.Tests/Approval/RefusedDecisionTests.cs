using InfraGate.Plans.Approval;
using InfraGate.Plans.Findings;
using InfraGate.Plans.Lifecycle;
using InfraGate.Plans.Policy;
using InfraGate.Plans.Tests.Building;

namespace InfraGate.Plans.Tests.Approval;

/// <summary>Decisions that the desk refuses, each without a trace in the plan.</summary>
public sealed class RefusedDecisionTests : ApprovalDeskTests
{
    [Fact]
    public async Task With_four_eyes_the_requester_sees_the_plan_and_why_they_may_not_approve()
    {
        Policy.Set(new EffectivePolicy { Mode = ApprovalMode.FourEyes });
        var plan = await AddAsync();

        var review = await Desk.ReviewAsync(plan.Id, Alice);
        review!.Refusal.ShouldNotBeNull().ShouldContain("four eyes");
        review.ApprovalsMissing.ShouldBe(1);
        await RefusedAsync(Approve(plan, Alice), "four eyes");
        (await Desk.ReviewAsync(plan.Id, Bob))!.Refusal.ShouldBeNull();
        (await Desk.DecideAsync(Approve(plan, Bob))).Accepted.ShouldBeTrue();
    }

    [Fact]
    public async Task With_four_eyes_nobody_approves_alone_what_they_asked_with_their_own_key()
    {
        Policy.Set(new EffectivePolicy { Mode = ApprovalMode.FourEyes });
        var plan = await Store.AddAsync(PlanBuilder.Scale(Time.GetUtcNow(), new Requester("key:codex", "codex", "api-key", Owner: "alice")), "owned");
        var unowned = await Store.AddAsync(PlanBuilder.Scale(Time.GetUtcNow(), new Requester("key:ci", "ci", "api-key")), "unowned");

        await RefusedAsync(Approve(plan, Alice), "the API key codex, which you hold");
        await RefusedAsync(Approve(unowned, Alice), "must give the key an owner");
        await RefusedAsync(Approve(unowned, Bob), "must give the key an owner");
        (await Desk.DecideAsync(Approve(plan, Bob))).Accepted.ShouldBeTrue();
    }

    [Fact]
    public async Task A_subject_speaks_once()
    {
        Policy.Set(new EffectivePolicy { Mode = ApprovalMode.FourEyes, ApprovalsNeeded = 2 });
        var plan = await AddAsync();
        (await Desk.DecideAsync(Approve(plan, Bob))).Accepted.ShouldBeTrue();

        await RefusedAsync(Approve(plan, Bob), "decided on this plan already");
        await RefusedAsync(Deny(plan, Bob, "I changed my mind."), "decided on this plan already");
    }

    [Fact]
    public async Task What_was_not_on_the_page_is_not_approved()
    {
        var plan = await AddAsync();

        await RefusedAsync(Approve(plan, Alice) with { Digest = "sha256:" + new string('0', 64) }, "not this plan");
        await RefusedAsync(Approve(plan, Alice) with { Digest = plan.Digest.Value.ToUpperInvariant() }, "not this plan");
        await RefusedAsync(Approve(plan, Alice) with { Plan = PlanId.New(Time.GetUtcNow()) }, "no such plan");
    }

    [Fact]
    public async Task An_approval_while_the_policy_changes_under_it_is_refused()
    {
        var plan = await AddAsync();
        var onThePage = Approve(plan, Alice);
        Policy.Set(new EffectivePolicy(), "another version");

        await RefusedAsync(onThePage, "policy changed");
    }

    [Fact]
    public async Task Every_finding_to_acknowledge_must_be_ticked_and_no_other()
    {
        var plan = await AddAsync(PlanBuilder.Finding("f1", FindingSeverity.Acknowledge), PlanBuilder.Finding("f2", FindingSeverity.Acknowledge), PlanBuilder.Finding("f3", FindingSeverity.Warn));

        await RefusedAsync(Approve(plan, Alice) with { Acknowledged = [] }, "must be ticked");
        await RefusedAsync(Approve(plan, Alice) with { Acknowledged = ["f1"] }, "must be ticked");
        await RefusedAsync(Approve(plan, Alice) with { Acknowledged = ["f1", "f2", "f9"] }, "does not have");
        var result = await Desk.DecideAsync(Approve(plan, Alice) with { Acknowledged = ["f2", "f1", "f1"] });
        result.Plan!.Decisions[0].Acknowledged.ShouldBe(["f2", "f1"]);
        result.Plan.Status.ShouldBe(PlanStatus.Approved);
    }

    [Fact]
    public async Task A_deletion_or_a_scale_to_zero_asks_for_the_name()
    {
        var deletion = await Store.AddAsync(PlanBuilder.Delete(Time.GetUtcNow()), "delete");
        var emptied = await Store.AddAsync(PlanBuilder.Scale(Time.GetUtcNow(), replicas: 0, name: "web"), "scale");

        (await Desk.ReviewAsync(deletion.Id, Alice))!.NameToRetype.ShouldBe("nginx-demo");
        await RefusedAsync(Approve(deletion, Alice), "type the name");
        await RefusedAsync(Approve(deletion, Alice) with { RetypedName = "Nginx-demo" }, "type the name");
        (await Desk.DecideAsync(Approve(deletion, Alice) with { RetypedName = "nginx-demo" })).Accepted.ShouldBeTrue();
        await RefusedAsync(Approve(emptied, Alice), "type the name");
        (await Desk.DecideAsync(Deny(emptied, Alice, "No."))).Accepted.ShouldBeTrue();
    }

    [Fact]
    public async Task A_closed_window_refuses_the_approval_and_not_the_denial()
    {
        Policy.Set(new EffectivePolicy { Windows = [new ChangeWindow("freeze", WindowKind.Deny, [], TimeOnly.MinValue, TimeSpan.FromDays(1), "UTC")] });
        var plan = await AddAsync();

        var review = await Desk.ReviewAsync(plan.Id, Alice);
        review!.Refusal.ShouldBeNull();
        review.ApprovalRefusal.ShouldNotBeNull().ShouldContain("freeze");
        await RefusedAsync(Approve(plan, Alice), "freeze");
        (await Desk.DecideAsync(Deny(plan, Alice, "Not now."))).Accepted.ShouldBeTrue();
    }

    [Fact]
    public async Task What_the_policy_has_come_to_block_is_not_approved()
    {
        var plan = await AddAsync(PlanBuilder.Finding("f1", FindingSeverity.Warn, FindingCodes.Privileged));
        Policy.Set(new EffectivePolicy { Severities = new Dictionary<string, FindingSeverity> { [FindingCodes.Privileged] = FindingSeverity.Block } });

        await RefusedAsync(Approve(plan, Alice), "now blocks");
    }

    [Fact]
    public async Task What_was_made_under_other_rules_for_findings_is_denied_and_not_approved()
    {
        var content = PlanBuilder.Scale(Time.GetUtcNow()) with { FindingRules = FindingRules.DigestOf(Policy.Current.EffectiveFor("mcp-nginx-demo", PlanOperation.Scale)) };
        var plan = await Store.AddAsync(content, "key");
        var older = await AddAsync();
        (await Desk.ReviewAsync(plan.Id, Alice))!.ApprovalRefusal.ShouldBeNull();

        Policy.Set(new EffectivePolicy { MaximumReplicas = 2 });

        (await Desk.ReviewAsync(plan.Id, Alice))!.ApprovalRefusal.ShouldNotBeNull().ShouldContain("rules for findings changed");
        await RefusedAsync(Approve(plan, Alice), "ask the agent for a new plan");
        (await Desk.DecideAsync(Deny(plan, Alice, "Too many."))).Accepted.ShouldBeTrue();
        (await Desk.DecideAsync(Approve(older, Alice))).Accepted.ShouldBeTrue();
    }

    [Fact]
    public async Task An_expired_plan_takes_no_decision_even_before_it_is_marked()
    {
        var plan = await AddAsync();
        Time.Advance(TimeSpan.FromHours(1));

        (await Store.FindAsync(plan.Id))!.Status.ShouldBe(PlanStatus.Pending);
        await RefusedAsync(Approve(plan, Alice), "expired");
        await RefusedAsync(Deny(plan, Alice, "Too late."), "expired");
    }

    [Fact]
    public async Task A_decided_plan_takes_no_second_decision()
    {
        var plan = await AddAsync();
        await Desk.DecideAsync(Approve(plan, Alice));

        await RefusedAsync(Approve(plan, Alice), "approved already");
        (await Desk.WithdrawAsync(plan.Id, Alice)).ShouldBeFalse();
    }
}
