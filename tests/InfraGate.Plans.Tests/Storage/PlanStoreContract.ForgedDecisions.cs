using System.Security.Cryptography;
using InfraGate.Plans.Approval;
using InfraGate.Plans.Audit;
using InfraGate.Plans.Grants;
using InfraGate.Plans.Lifecycle;
using InfraGate.Plans.Policy;
using InfraGate.Plans.Sealing;
using InfraGate.Plans.Tests.Building;

namespace InfraGate.Plans.Tests.Storage;

public abstract partial class PlanStoreContract
{
    private static readonly Approver s_bob = new("bob", "Bob", ["sre"]);
    private static readonly Approver s_carol = new("carol", "Carol", ["sre"]);
    private static readonly SettledPolicy s_twoOfSre = new(new EffectivePolicy { Mode = ApprovalMode.FourEyes, ApprovalsNeeded = 2, ApproverGroups = ["sre"] });

    [Fact]
    public async Task Two_signed_approvals_make_a_grant()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var plan = await Store.AddAsync(PlanBuilder.Scale(Now), "key");

        (await DecideAsync(key, plan, s_bob)).Accepted.ShouldBeTrue();
        var last = await DecideAsync(key, plan, s_carol);

        last.Plan!.Status.ShouldBe(PlanStatus.Approved, last.Message);
        (await Store.VerifyAuditAsync(new AuditVerificationOptions())).IsWhole.ShouldBeTrue();
    }

    [Theory]
    [InlineData("NULL")]
    [InlineData("'a.b.c'")]
    public async Task A_row_that_somebody_wrote_into_the_database_is_no_approval(string signature)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var plan = await Store.AddAsync(PlanBuilder.Scale(Now), "key");
        await ExecuteRawAsync(
            "INSERT INTO decision (plan_id, number, subject, name, verdict, acknowledged, approver_groups, decided_at, signature) "
            + $"VALUES ('{plan.Id}', 0, 'bob', 'Bob', 'approve', '[]', '[\"sre\"]', {Now.ToUnixTimeMilliseconds()}, {signature})");

        await NothingIsGrantedAsync(key, plan);
    }

    [Theory]
    [InlineData("subject = 'mallory'")]
    [InlineData("name = 'Mallory'")]
    [InlineData("verdict = 'deny'")]
    [InlineData("reason = 'Fine.'")]
    [InlineData("acknowledged = '[\"f1\"]'")]
    [InlineData("approver_groups = '[\"sre\",\"root\"]'")]
    [InlineData("decided_at = decided_at + 1")]
    [InlineData("signature = NULL")]
    public async Task An_approval_that_was_edited_counts_no_longer(string edit)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var plan = await Store.AddAsync(PlanBuilder.Scale(Now), "key");
        await DecideAsync(key, plan, s_bob);
        await ExecuteRawAsync($"UPDATE decision SET {edit} WHERE plan_id = '{plan.Id}'");

        await NothingIsGrantedAsync(key, plan);
    }

    [Fact]
    public async Task An_approval_copied_from_another_plan_is_none()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var decided = await Store.AddAsync(PlanBuilder.Scale(Now), "decided");
        var other = await Store.AddAsync(PlanBuilder.Scale(Now, replicas: 5), "other");
        await DecideAsync(key, decided, s_bob);
        await ExecuteRawAsync(
            "INSERT INTO decision (plan_id, number, subject, name, verdict, reason, acknowledged, approver_groups, decided_at, signature) "
            + $"SELECT '{other.Id}', number, subject, name, verdict, reason, acknowledged, approver_groups, decided_at, signature FROM decision WHERE plan_id = '{decided.Id}'");

        await NothingIsGrantedAsync(key, other);
    }

    [Theory]
    [InlineData(false, 0, true)]
    [InlineData(true, 1, true)]
    [InlineData(true, 0, false)]
    public async Task A_word_signed_for_other_content_another_place_or_by_another_key_is_none(bool sameContent, int number, bool sameKey)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var foreign = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var plan = await Store.AddAsync(PlanBuilder.Scale(Now), "key");
        var word = Edges.Word("bob", Verdict.Approve, Now) with { Groups = ["sre"] };
        var digest = sameContent ? plan.Digest : PlanDigest.Of("what was shown before"u8);
        await Store.TryDecideAsync(plan.Id, new DecisionSigner(sameKey ? key : foreign).Sign(plan.Id, digest, number, word), 0, transition: null);

        await NothingIsGrantedAsync(key, plan);
    }

    [Fact]
    public async Task A_decision_that_an_older_program_stored_is_refused_with_the_reason()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var plan = await Store.AddAsync(PlanBuilder.Scale(Now), "key");
        await Store.TryDecideAsync(plan.Id, Edges.Word("bob", Verdict.Approve, Now) with { Groups = ["sre"] }, 0, transition: null);

        (await NothingIsGrantedAsync(key, plan)).ShouldContain("older InfraGate");
    }

    [Theory]
    [InlineData("approver_groups = '[\"root\"]'")]
    [InlineData("approver_groups = 'no json'")]
    [InlineData("signature = 'a.b.c'")]
    [InlineData("signature = NULL")]
    public async Task The_trail_holds_the_groups_and_the_signature_of_a_decision(string edit)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var plan = await Store.AddAsync(PlanBuilder.Scale(Now), "key");
        await DecideAsync(key, plan, s_bob);
        (await Store.VerifyAuditAsync(new AuditVerificationOptions())).IsWhole.ShouldBeTrue();

        await ExecuteRawAsync($"UPDATE decision SET {edit}");

        var verified = await Store.VerifyAuditAsync(new AuditVerificationOptions());
        verified.FirstBreak.ShouldBeNull();
        verified.PlanBreaks.ShouldHaveSingleItem().Message.ShouldContain("decisions are not");
    }

    /// <summary>Carol's honest approval would be the last one that is needed; the refusal.</summary>
    private async Task<string> NothingIsGrantedAsync(ECDsa key, Plan plan)
    {
        var review = (await DeskOf(key).ReviewAsync(plan.Id, s_carol))!;
        var result = await DecideAsync(key, plan, s_carol);

        result.Accepted.ShouldBeFalse();
        result.Message.ShouldBe(review.Refusal);
        review.Plan.IsIntact.ShouldBeFalse();
        var after = (await Store.FindAsync(plan.Id))!;
        after.Status.ShouldBe(PlanStatus.Pending);
        after.Grant.ShouldBeNull();
        after.Decisions.Count.ShouldBe(1);
        return result.Message;
    }

    private Task<DecisionResult> DecideAsync(ECDsa key, Plan plan, Approver approver) => DeskOf(key).DecideAsync(new DecisionRequest
    {
        Plan = plan.Id,
        Digest = plan.Digest.Value,
        PolicyVersion = s_twoOfSre.Current.Version,
        Approver = approver,
        Verdict = Verdict.Approve,
    });

    private ApprovalDesk DeskOf(ECDsa key) => new(Store, s_twoOfSre, new GrantSigner(key, Time), new DecisionSigner(key), Time);

    private sealed class SettledPolicy(EffectivePolicy policy) : IPolicySource
    {
        public PolicySnapshot Current { get; } = PolicySnapshot.Uniform("test", policy);
    }
}
