using InfraGate.Plans.Approval;
using InfraGate.Plans.Audit;
using InfraGate.Plans.Findings;
using InfraGate.Plans.Lifecycle;
using InfraGate.Plans.Storage;
using InfraGate.Plans.Tests.Building;

namespace InfraGate.Plans.Tests.Storage;

/// <summary>What every plan store must do, whatever database is behind it.</summary>
public abstract partial class PlanStoreContract : IAsyncLifetime
{
    internal ManualTime Time { get; } = new();

    private protected SqlPlanStore Store { get; private set; } = null!;

    private DateTimeOffset Now => Time.GetUtcNow();

    public async Task InitializeAsync()
    {
        await PrepareAsync();
        Store = OpenStore();
        await Store.InitializeAsync();
    }

    public async Task DisposeAsync()
    {
        await Store.DisposeAsync();
        await CleanUpAsync();
    }

    [Fact]
    public async Task A_stored_plan_comes_back_as_it_was_sealed()
    {
        var content = PlanBuilder.Scale(Now, findings: PlanBuilder.Finding("f1", FindingSeverity.Warn));

        var added = await Store.AddAsync(content, "key");
        var found = await Store.FindAsync(content.Id);

        found.ShouldNotBeNull();
        found.Status.ShouldBe(PlanStatus.Pending);
        found.IsIntact.ShouldBeTrue();
        found.Digest.ShouldBe(added.Digest);
        found.Content.Targets[0].Changes.ShouldBe(content.Targets[0].Changes);
        found.Content.Requester.ShouldBe(content.Requester);
        found.Content.ExpiresAt.ShouldBe(content.ExpiresAt);
        found.Content.Findings.ShouldBe(content.Findings);
    }

    [Fact]
    public async Task A_plan_that_was_never_made_is_not_found() => (await Store.FindAsync(PlanId.New(Now))).ShouldBeNull();

    [Fact]
    public async Task A_second_plan_for_the_same_request_replaces_the_first()
    {
        var first = await Store.AddAsync(PlanBuilder.Scale(Now), "key");
        var other = await Store.AddAsync(PlanBuilder.Scale(Now), "other key");
        var second = await Store.AddAsync(PlanBuilder.Scale(Now), "key");

        (await Store.FindAsync(first.Id))!.Status.ShouldBe(PlanStatus.Cancelled);
        (await Store.FindAsync(first.Id))!.StatusReason.ShouldNotBeNull().ShouldContain(second.Id.Value);
        (await Store.FindAsync(other.Id))!.Status.ShouldBe(PlanStatus.Pending);
        (await Store.FindPendingAsync("alice", "key"))!.Id.ShouldBe(second.Id);
        (await Store.FindPendingAsync("bob", "key")).ShouldBeNull();
    }

    [Fact]
    public async Task A_plan_whose_time_has_run_out_unnoticed_is_not_pending_and_expires_when_replaced()
    {
        var first = await Store.AddAsync(PlanBuilder.Scale(Now), "key");
        Time.Advance(TimeSpan.FromHours(2));

        (await Store.FindPendingAsync("alice", "key")).ShouldBeNull();
        await Store.AddAsync(PlanBuilder.Scale(Now), "key");
        (await Store.FindAsync(first.Id))!.Status.ShouldBe(PlanStatus.Expired);
    }

    [Fact]
    public async Task A_transition_from_another_status_changes_nothing()
    {
        var plan = await Store.AddAsync(PlanBuilder.Scale(Now), "key");
        var before = await Store.ReadAuditHeadAsync();

        (await Store.TryTransitionAsync(plan.Id, [Edges.Claim("me", Now.AddMinutes(1))])).ShouldBeFalse();

        (await Store.FindAsync(plan.Id))!.Status.ShouldBe(PlanStatus.Pending);
        (await Store.ReadAuditHeadAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task Edges_are_taken_together_each_with_its_own_entry()
    {
        var plan = await ApprovedAsync();
        var stale = Edges.To(PlanStatus.Applying, PlanStatus.Stale, "The Deployment was edited.");

        (await Store.TryTransitionAsync(plan.Id, [Edges.Claim("me", Now.AddMinutes(1)), stale])).ShouldBeTrue();

        var found = await Store.FindAsync(plan.Id);
        found!.Status.ShouldBe(PlanStatus.Stale);
        found.StatusReason.ShouldBe("The Deployment was edited.");
        (await ActionsAsync(plan.Id)).ShouldBe([AuditActions.PlanCreated, AuditActions.PlanApproved, AuditActions.PlanClaimed, AuditActions.PlanStale]);
    }

    [Fact]
    public async Task Fifty_claims_at_once_let_exactly_one_through()
    {
        var plan = await ApprovedAsync();

        var claims = await Task.WhenAll(Enumerable.Range(0, 50).Select(i =>
            Task.Run(() => Store.TryTransitionAsync(plan.Id, [Edges.Claim($"executor-{i}", Now.AddMinutes(1))]))));

        claims.Count(won => won).ShouldBe(1);
        (await ActionsAsync(plan.Id)).Count(action => action == AuditActions.PlanClaimed).ShouldBe(1);
    }

    [Fact]
    public async Task A_decision_and_what_follows_from_it_are_recorded_together()
    {
        var plan = await Store.AddAsync(PlanBuilder.Scale(Now), "key");
        var deny = Edges.To(PlanStatus.Pending, PlanStatus.Denied, "Not on a Friday.") with { Actor = Edges.Bob };

        (await Store.TryDecideAsync(plan.Id, Edges.Word("bob", Verdict.Deny, Now, "Not on a Friday."), 0, deny)).ShouldBeTrue();

        var found = await Store.FindAsync(plan.Id);
        found!.Status.ShouldBe(PlanStatus.Denied);
        var word = found.Decisions.ShouldHaveSingleItem();
        word.Reason.ShouldBe("Not on a Friday.");
        word.Verdict.ShouldBe(Verdict.Deny);
        (await ActionsAsync(plan.Id)).ShouldBe([AuditActions.PlanCreated, AuditActions.DecisionRecorded, AuditActions.PlanDenied]);
    }

    [Fact]
    public async Task A_subject_speaks_once_and_only_to_the_state_it_saw()
    {
        var plan = await Store.AddAsync(PlanBuilder.Scale(Now), "key");

        (await Store.TryDecideAsync(plan.Id, Edges.Word("bob", Verdict.Approve, Now), 0, transition: null)).ShouldBeTrue();
        (await Store.TryDecideAsync(plan.Id, Edges.Word("bob", Verdict.Approve, Now), 1, transition: null)).ShouldBeFalse();
        (await Store.TryDecideAsync(plan.Id, Edges.Word("carol", Verdict.Approve, Now), 0, transition: null)).ShouldBeFalse();
        (await Store.TryDecideAsync(plan.Id, Edges.Word("carol", Verdict.Approve, Now), 1, Edges.Approve())).ShouldBeTrue();
        (await Store.TryDecideAsync(plan.Id, Edges.Word("dave", Verdict.Approve, Now), 2, transition: null)).ShouldBeFalse();
        (await Store.FindAsync(plan.Id))!.Decisions.Select(word => word.Subject).ShouldBe(["bob", "carol"]);
    }

    [Fact]
    public async Task Only_the_holder_records_targets_renews_and_finishes()
    {
        var plan = await ApprovedAsync();
        await Store.TryTransitionAsync(plan.Id, [Edges.Claim("me", Now.AddSeconds(30))]);
        var written = new TargetOutcome("Deployment/nginx-demo", TargetResult.Written, Message: null, "42", Now);
        var applied = Edges.To(PlanStatus.Applying, PlanStatus.Applied) with { Outcome = new PlanOutcome { Targets = [written] } };

        (await Store.TryRecordTargetAsync(plan.Id, "somebody else", written)).ShouldBeFalse();
        (await Store.TryRenewLeaseAsync(plan.Id, new ExecutionLease("somebody else", Now.AddMinutes(5)))).ShouldBeFalse();
        (await Store.TryTransitionAsync(plan.Id, [applied with { HeldBy = "somebody else" }])).ShouldBeFalse();
        (await Store.TryRecordTargetAsync(plan.Id, "me", written)).ShouldBeTrue();
        (await Store.TryRenewLeaseAsync(plan.Id, new ExecutionLease("me", Now.AddMinutes(5)))).ShouldBeTrue();
        (await Store.TryTransitionAsync(plan.Id, [applied with { HeldBy = "me" }])).ShouldBeTrue();
        (await Store.TryRecordTargetAsync(plan.Id, "me", written)).ShouldBeFalse();
        (await Store.FindAsync(plan.Id))!.Outcome!.Targets.ShouldBe([written]);
    }

    [Fact]
    public async Task The_last_target_and_the_end_of_its_plan_are_recorded_together_and_by_the_holder_only()
    {
        var plan = await ApprovedAsync();
        await Store.TryTransitionAsync(plan.Id, [Edges.Claim("me", Now.AddSeconds(30))]);
        var written = new TargetOutcome("Deployment/nginx-demo", TargetResult.Written, Message: null, "42", Now);
        var applied = Edges.To(PlanStatus.Applying, PlanStatus.Applied) with { Outcome = new PlanOutcome { Targets = [written] } };

        (await Store.TryRecordLastTargetAsync(plan.Id, "somebody else", written, applied)).ShouldBeFalse();
        (await Store.FindAsync(plan.Id))!.Status.ShouldBe(PlanStatus.Applying);
        (await Store.TryRecordLastTargetAsync(plan.Id, "me", written, applied)).ShouldBeTrue();
        (await Store.TryRecordLastTargetAsync(plan.Id, "me", written, applied)).ShouldBeFalse();

        var ended = (await Store.FindAsync(plan.Id))!;
        (ended.Status, ended.Outcome!.Targets.ShouldHaveSingleItem()).ShouldBe((PlanStatus.Applied, written));
        var trail = await Store.SearchAuditAsync(new AuditQuery { Plan = plan.Id });
        trail.Take(2).Select(entry => entry.Action).ShouldBe([AuditActions.For(PlanStatus.Applied), AuditActions.TargetRecorded]);
    }

    [Fact]
    public async Task A_plan_is_taken_over_only_after_its_lease_and_by_one()
    {
        var plan = await ApprovedAsync();
        await Store.TryTransitionAsync(plan.Id, [Edges.Claim("first", Now.AddSeconds(30))]);
        (await Store.FindAbandonedAsync()).ShouldBeEmpty();
        (await Store.TryTakeOverAsync(plan.Id, new ExecutionLease("second", Now.AddMinutes(1)))).ShouldBeFalse();

        Time.Advance(TimeSpan.FromSeconds(31));

        (await Store.FindAbandonedAsync()).ShouldBe([plan.Id]);
        (await Store.TryTakeOverAsync(plan.Id, new ExecutionLease("second", Now.AddMinutes(1)))).ShouldBeTrue();
        (await Store.TryTakeOverAsync(plan.Id, new ExecutionLease("third", Now.AddMinutes(1)))).ShouldBeFalse();
        (await Store.TryRenewLeaseAsync(plan.Id, new ExecutionLease("first", Now.AddMinutes(1)))).ShouldBeFalse();
        (await Store.FindAsync(plan.Id))!.Lease!.Owner.ShouldBe("second");
        (await Store.FindAbandonedAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Rollouts_are_added_to_a_finished_plan_only()
    {
        var plan = await ApprovedAsync();
        await Store.UpdateRolloutsAsync(plan.Id, [new RolloutReport("Deployment/nginx-demo", "complete", "3 of 3 are ready.")]);
        (await Store.FindAsync(plan.Id))!.Outcome.ShouldBeNull();

        var written = new TargetOutcome("Deployment/nginx-demo", TargetResult.Written, Message: null, "42", Now);
        var applied = Edges.To(PlanStatus.Applying, PlanStatus.Applied) with { Outcome = new PlanOutcome { Targets = [written] } };
        await Store.TryTransitionAsync(plan.Id, [Edges.Claim("me", Now.AddSeconds(30)), applied]);
        await Store.UpdateRolloutsAsync(plan.Id, [new RolloutReport("Deployment/nginx-demo", "complete", "3 of 3 are ready.")]);

        (await Store.FindAsync(plan.Id))!.Outcome!.Rollouts.ShouldHaveSingleItem().State.ShouldBe("complete");
    }

    [Fact]
    public async Task What_is_due_expires_once_and_nothing_else_does()
    {
        var soon = await Store.AddAsync(PlanBuilder.Scale(Now, lifetime: TimeSpan.FromMinutes(5)), "soon");
        var approved = await Store.AddAsync(PlanBuilder.Scale(Now), "approved");
        await Store.TryTransitionAsync(approved.Id, [Edges.Approve() with { Until = Now.AddMinutes(5) }]);
        var later = await Store.AddAsync(PlanBuilder.Scale(Now), "later");
        (await Store.ExpireDueAsync()).ShouldBe(0);

        Time.Advance(TimeSpan.FromMinutes(5));

        (await Store.ExpireDueAsync()).ShouldBe(2);
        (await Store.ExpireDueAsync()).ShouldBe(0);
        (await Store.FindAsync(soon.Id))!.Status.ShouldBe(PlanStatus.Expired);
        (await Store.FindAsync(approved.Id))!.Status.ShouldBe(PlanStatus.Expired);
        (await Store.FindAsync(later.Id))!.Status.ShouldBe(PlanStatus.Pending);
    }

    private protected abstract Task PrepareAsync();

    private protected abstract SqlPlanStore OpenStore(AuditSigner? signer = null, int maxPendingPlans = 0);

    /// <summary>What somebody with write access to the database could do.</summary>
    private protected abstract Task ExecuteRawAsync(string sql);

    private protected abstract Task CleanUpAsync();

    private protected async Task<Plan> ApprovedAsync(string key = "key")
    {
        var plan = await Store.AddAsync(PlanBuilder.Scale(Now), key);
        (await Store.TryTransitionAsync(plan.Id, [Edges.Approve()])).ShouldBeTrue();
        return plan;
    }

    private async Task<List<string>> ActionsAsync(PlanId plan) =>
        [.. (await Store.SearchAuditAsync(new AuditQuery { Plan = plan })).Reverse().Select(entry => entry.Action)];
}
