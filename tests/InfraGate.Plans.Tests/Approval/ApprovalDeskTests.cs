using System.Security.Cryptography;
using InfraGate.Plans.Approval;
using InfraGate.Plans.Audit;
using InfraGate.Plans.Findings;
using InfraGate.Plans.Grants;
using InfraGate.Plans.Lifecycle;
using InfraGate.Plans.Policy;
using InfraGate.Plans.Storage;
using InfraGate.Plans.Tests.Building;

namespace InfraGate.Plans.Tests.Approval;

public sealed class ApprovalDeskTests : IAsyncLifetime
{
    private static readonly Approver Alice = new("alice", "Alice", ["platform"]);
    private static readonly Approver Bob = new("bob", "Bob", ["platform", "sre"]);
    private static readonly Approver Carol = new("carol", "Carol", ["sre"]);

    private readonly string _root = Path.Combine(Path.GetTempPath(), "infragate-desk-" + Guid.NewGuid().ToString("N"));
    private readonly ManualTime _time = new();
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly SettablePolicy _policy = new();
    private readonly SqlPlanStore _store;
    private readonly ApprovalDesk _desk;

    public ApprovalDeskTests()
    {
        _store = PlanStores.Open(new PlanStoreSettings { ApprovalRoot = _root }, _time);
        _desk = new ApprovalDesk(_store, _policy, new GrantSigner(_key, _time), _time);
    }

    public Task InitializeAsync() => _store.InitializeAsync();

    public async Task DisposeAsync()
    {
        await _store.DisposeAsync();
        _key.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    [Fact]
    public async Task The_last_approval_that_is_needed_approves_the_plan_with_a_grant_that_verifies()
    {
        var plan = await AddAsync();

        var result = await _desk.DecideAsync(Approve(plan, Alice));

        result.Accepted.ShouldBeTrue(result.Message);
        result.Plan!.Status.ShouldBe(PlanStatus.Approved);
        using var verifier = GrantVerifier.FromPublicKey(Convert.ToBase64String(_key.ExportSubjectPublicKeyInfo()), _time);
        var grant = verifier.Verify(result.Plan.Grant, plan.Id, plan.Digest).Grant.ShouldNotBeNull();
        grant.Approvers.ShouldBe(["alice"]);
        grant.ExpiresAt.ShouldBe(_time.GetUtcNow().AddMinutes(15));
        (await _store.SearchAuditAsync(new AuditQuery { Plan = plan.Id })).Select(entry => entry.Action)
            .ShouldBe([AuditActions.PlanApproved, AuditActions.DecisionRecorded, AuditActions.PlanCreated]);
    }

    [Fact]
    public async Task A_grant_never_outlives_its_plan_and_an_unused_one_expires_the_plan()
    {
        var late = await AddAsync(lifetime: TimeSpan.FromMinutes(5));
        await _desk.DecideAsync(Approve(late, Alice));
        using var verifier = GrantVerifier.FromPublicKey(Convert.ToBase64String(_key.ExportSubjectPublicKeyInfo()), _time);
        verifier.Verify((await _store.FindAsync(late.Id))!.Grant, late.Id, late.Digest).Grant!.ExpiresAt.ShouldBe(late.Content.ExpiresAt);

        var unused = await AddAsync();
        await _desk.DecideAsync(Approve(unused, Alice));
        _time.Advance(TimeSpan.FromMinutes(15));
        await _store.ExpireDueAsync();
        (await _store.FindAsync(unused.Id))!.Status.ShouldBe(PlanStatus.Expired);
    }

    [Fact]
    public async Task One_denial_ends_a_plan_that_others_approved()
    {
        _policy.Set(new EffectivePolicy { Mode = ApprovalMode.FourEyes, ApprovalsNeeded = 2 });
        var plan = await AddAsync();
        (await _desk.DecideAsync(Approve(plan, Bob))).Message.ShouldBe("Your approval is recorded; 1 more is needed.");

        var result = await _desk.DecideAsync(Deny(plan, Carol, "The image is broken."));

        result.Accepted.ShouldBeTrue(result.Message);
        result.Plan!.Status.ShouldBe(PlanStatus.Denied);
        result.Plan.StatusReason.ShouldBe("The image is broken.");
        result.Plan.Grant.ShouldBeNull();
    }

    [Fact]
    public async Task With_four_eyes_the_requester_sees_the_plan_and_why_they_may_not_approve()
    {
        _policy.Set(new EffectivePolicy { Mode = ApprovalMode.FourEyes });
        var plan = await AddAsync();

        var review = await _desk.ReviewAsync(plan.Id, Alice);
        review!.Refusal.ShouldNotBeNull().ShouldContain("four eyes");
        review.ApprovalsMissing.ShouldBe(1);
        await RefusedAsync(Approve(plan, Alice), "four eyes");
        (await _desk.ReviewAsync(plan.Id, Bob))!.Refusal.ShouldBeNull();
        (await _desk.DecideAsync(Approve(plan, Bob))).Accepted.ShouldBeTrue();
    }

    [Fact]
    public async Task A_subject_speaks_once()
    {
        _policy.Set(new EffectivePolicy { Mode = ApprovalMode.FourEyes, ApprovalsNeeded = 2 });
        var plan = await AddAsync();
        (await _desk.DecideAsync(Approve(plan, Bob))).Accepted.ShouldBeTrue();

        await RefusedAsync(Approve(plan, Bob), "decided on this plan already");
        await RefusedAsync(Deny(plan, Bob, "I changed my mind."), "decided on this plan already");
    }

    [Fact]
    public async Task What_was_not_on_the_page_is_not_approved()
    {
        var plan = await AddAsync();

        await RefusedAsync(Approve(plan, Alice) with { Digest = "sha256:" + new string('0', 64) }, "not this plan");
        await RefusedAsync(Approve(plan, Alice) with { Digest = plan.Digest.Value.ToUpperInvariant() }, "not this plan");
        await RefusedAsync(Approve(plan, Alice) with { Plan = PlanId.New(_time.GetUtcNow()) }, "no such plan");
    }

    [Fact]
    public async Task An_approval_while_the_policy_changes_under_it_is_refused()
    {
        var plan = await AddAsync();
        var onThePage = Approve(plan, Alice);
        _policy.Set(new EffectivePolicy(), "another version");

        await RefusedAsync(onThePage, "policy changed");
    }

    [Fact]
    public async Task Approvals_that_a_new_policy_no_longer_counts_do_not_make_a_grant()
    {
        _policy.Set(new EffectivePolicy { Mode = ApprovalMode.FourEyes, ApprovalsNeeded = 2 }, "v1");
        var plan = await AddAsync();
        await _desk.DecideAsync(Approve(plan, new Approver("dave", "Dave", ["guests"])));
        _policy.Set(new EffectivePolicy { Mode = ApprovalMode.FourEyes, ApprovalsNeeded = 2, ApproverGroups = ["sre"] }, "v2");

        (await _desk.ReviewAsync(plan.Id, Bob))!.ApprovalsMissing.ShouldBe(2);
        var first = await _desk.DecideAsync(Approve(plan, Bob));
        first.Plan!.Status.ShouldBe(PlanStatus.Pending);
        var second = await _desk.DecideAsync(Approve(plan, Carol));

        second.Plan!.Status.ShouldBe(PlanStatus.Approved);
        using var verifier = GrantVerifier.FromPublicKey(Convert.ToBase64String(_key.ExportSubjectPublicKeyInfo()), _time);
        verifier.Verify(second.Plan.Grant, plan.Id, plan.Digest).Grant!.Approvers.ShouldBe(["bob", "carol"]);
    }

    [Fact]
    public async Task Every_finding_to_acknowledge_must_be_ticked_and_no_other()
    {
        var plan = await AddAsync(PlanBuilder.Finding("f1", FindingSeverity.Acknowledge), PlanBuilder.Finding("f2", FindingSeverity.Acknowledge), PlanBuilder.Finding("f3", FindingSeverity.Warn));

        await RefusedAsync(Approve(plan, Alice) with { Acknowledged = [] }, "must be ticked");
        await RefusedAsync(Approve(plan, Alice) with { Acknowledged = ["f1"] }, "must be ticked");
        await RefusedAsync(Approve(plan, Alice) with { Acknowledged = ["f1", "f2", "f9"] }, "does not have");
        var result = await _desk.DecideAsync(Approve(plan, Alice) with { Acknowledged = ["f2", "f1", "f1"] });
        result.Plan!.Decisions[0].Acknowledged.ShouldBe(["f2", "f1"]);
        result.Plan.Status.ShouldBe(PlanStatus.Approved);
    }

    [Fact]
    public async Task A_deletion_or_a_scale_to_zero_asks_for_the_name()
    {
        var deletion = await _store.AddAsync(PlanBuilder.Delete(_time.GetUtcNow()), "delete");
        var emptied = await _store.AddAsync(PlanBuilder.Scale(_time.GetUtcNow(), replicas: 0, name: "web"), "scale");

        (await _desk.ReviewAsync(deletion.Id, Alice))!.NameToRetype.ShouldBe("nginx-demo");
        await RefusedAsync(Approve(deletion, Alice), "type the name");
        await RefusedAsync(Approve(deletion, Alice) with { RetypedName = "Nginx-demo" }, "type the name");
        (await _desk.DecideAsync(Approve(deletion, Alice) with { RetypedName = "nginx-demo" })).Accepted.ShouldBeTrue();
        await RefusedAsync(Approve(emptied, Alice), "type the name");
        (await _desk.DecideAsync(Deny(emptied, Alice, "No."))).Accepted.ShouldBeTrue();
    }

    [Theory]
    [InlineData(null, "needs a reason")]
    [InlineData("  \n ", "needs a reason")]
    [InlineData("bell \u0007", "control")]
    [InlineData("escape \u001b[31m", "control")]
    [InlineData("\u202Eevil", "control")]
    [InlineData("isolate \u2066x", "control")]
    [InlineData("line\u2028separator", "")]
    public async Task A_reason_must_be_there_and_look_like_what_it_is(string? reason, string expected)
    {
        var plan = await AddAsync();
        if (expected.Length > 0)
        {
            await RefusedAsync(Deny(plan, Alice, reason), expected);
        }
        else
        {
            (await _desk.DecideAsync(Deny(plan, Alice, reason))).Plan!.StatusReason.ShouldBe("line\nseparator");
        }
    }

    [Fact]
    public async Task A_reason_has_a_bound()
    {
        var plan = await AddAsync();

        await RefusedAsync(Deny(plan, Alice, new string('x', 1001)), "1000");
        (await _desk.DecideAsync(Deny(plan, Alice, $"  {new string('x', 1000)}\r\n"))).Accepted.ShouldBeTrue();
    }

    [Fact]
    public async Task A_closed_window_refuses_the_approval_and_not_the_denial()
    {
        _policy.Set(new EffectivePolicy { Windows = [new ChangeWindow("freeze", WindowKind.Deny, [], TimeOnly.MinValue, TimeSpan.FromDays(1), "UTC")] });
        var plan = await AddAsync();

        var review = await _desk.ReviewAsync(plan.Id, Alice);
        review!.Refusal.ShouldBeNull();
        review.ApprovalRefusal.ShouldNotBeNull().ShouldContain("freeze");
        await RefusedAsync(Approve(plan, Alice), "freeze");
        (await _desk.DecideAsync(Deny(plan, Alice, "Not now."))).Accepted.ShouldBeTrue();
    }

    [Fact]
    public async Task What_the_policy_has_come_to_block_is_not_approved()
    {
        var plan = await AddAsync(PlanBuilder.Finding("f1", FindingSeverity.Warn, FindingCodes.Privileged));
        _policy.Set(new EffectivePolicy { Severities = new Dictionary<string, FindingSeverity> { [FindingCodes.Privileged] = FindingSeverity.Block } });

        await RefusedAsync(Approve(plan, Alice), "now blocks");
    }

    [Fact]
    public async Task An_expired_plan_takes_no_decision_even_before_it_is_marked()
    {
        var plan = await AddAsync();
        _time.Advance(TimeSpan.FromHours(1));

        (await _store.FindAsync(plan.Id))!.Status.ShouldBe(PlanStatus.Pending);
        await RefusedAsync(Approve(plan, Alice), "expired");
        await RefusedAsync(Deny(plan, Alice, "Too late."), "expired");
    }

    [Fact]
    public async Task A_decided_plan_takes_no_second_decision()
    {
        var plan = await AddAsync();
        await _desk.DecideAsync(Approve(plan, Alice));

        await RefusedAsync(Approve(plan, Alice), "approved already");
        (await _desk.WithdrawAsync(plan.Id, Alice)).ShouldBeFalse();
    }

    [Fact]
    public async Task Only_the_requester_withdraws()
    {
        var plan = await AddAsync();

        (await _desk.WithdrawAsync(plan.Id, Bob)).ShouldBeFalse();
        (await _desk.WithdrawAsync(PlanId.New(_time.GetUtcNow()), Alice)).ShouldBeFalse();
        (await _desk.WithdrawAsync(plan.Id, Alice)).ShouldBeTrue();
        (await _store.FindAsync(plan.Id))!.Status.ShouldBe(PlanStatus.Cancelled);
    }

    [Fact]
    public async Task Approvers_who_decide_at_the_same_moment_are_all_heard_and_one_grant_is_made()
    {
        _policy.Set(new EffectivePolicy { Mode = ApprovalMode.FourEyes, ApprovalsNeeded = 5 });
        var plan = await AddAsync();

        var results = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Run(() => _desk.DecideAsync(Approve(plan, new Approver($"person-{i}", $"Person {i}", []))))));

        results.Count(result => result.Accepted).ShouldBe(5);
        var decided = await _store.FindAsync(plan.Id);
        decided!.Status.ShouldBe(PlanStatus.Approved);
        decided.Decisions.Count.ShouldBe(5);
        (await _store.SearchAuditAsync(new AuditQuery { Plan = plan.Id, Action = AuditActions.PlanApproved })).ShouldHaveSingleItem();
    }

    private async Task<Plan> AddAsync(params Finding[] findings) => await _store.AddAsync(PlanBuilder.Scale(_time.GetUtcNow(), findings: findings), Guid.NewGuid().ToString());

    private async Task<Plan> AddAsync(TimeSpan lifetime) => await _store.AddAsync(PlanBuilder.Scale(_time.GetUtcNow(), lifetime: lifetime), Guid.NewGuid().ToString());

    private DecisionRequest Approve(Plan plan, Approver approver) => new()
    {
        Plan = plan.Id,
        Digest = plan.Digest.Value,
        PolicyVersion = _policy.Current.Version,
        Approver = approver,
        Verdict = Verdict.Approve,
    };

    private DecisionRequest Deny(Plan plan, Approver approver, string? reason) => Approve(plan, approver) with { Verdict = Verdict.Deny, Reason = reason };

    private async Task RefusedAsync(DecisionRequest request, string because)
    {
        var before = await _store.ReadAuditHeadAsync();

        var result = await _desk.DecideAsync(request);

        result.Accepted.ShouldBeFalse();
        result.Message.ShouldContain(because, Case.Insensitive);
        (await _store.ReadAuditHeadAsync()).ShouldBe(before);
    }

    private sealed class SettablePolicy : IPolicySource
    {
        public PolicySnapshot Current { get; private set; } = PolicySnapshot.BuiltIn;

        public void Set(EffectivePolicy policy, string version = "test") => Current = PolicySnapshot.Uniform(version, policy);
    }
}
