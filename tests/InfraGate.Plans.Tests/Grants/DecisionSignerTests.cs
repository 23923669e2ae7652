using System.Security.Cryptography;
using InfraGate.Plans.Approval;
using InfraGate.Plans.Audit;
using InfraGate.Plans.Grants;
using InfraGate.Plans.Lifecycle;
using InfraGate.Plans.Sealing;
using InfraGate.Plans.Tests.Building;

namespace InfraGate.Plans.Tests.Grants;

public sealed class DecisionSignerTests : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ManualTime _time = new();
    private readonly DecisionSigner _signer;
    private readonly Plan _plan;

    public DecisionSignerTests()
    {
        _signer = new DecisionSigner(_key);
        var content = PlanBuilder.Scale(_time.GetUtcNow());
        _plan = new Plan { Content = content, Digest = PlanSeal.Of(content).Digest, IsIntact = true, Status = PlanStatus.Pending, StatusChangedAt = content.CreatedAt };
    }

    private Decision Word => Edges.Word("bob", Verdict.Approve, _time.GetUtcNow(), "Gut – weiter so 🚀") with { Groups = ["sre", "größe"] };

    public void Dispose() => _key.Dispose();

    [Fact]
    public void What_was_signed_is_recognised_whatever_the_words_and_to_the_millisecond()
    {
        var first = _signer.Sign(_plan.Id, _plan.Digest, 0, Word);
        var second = _signer.Sign(_plan.Id, _plan.Digest, 1, Word with { Subject = "carol", Reason = null, Groups = [] });

        _signer.HasSigned(_plan).ShouldBeTrue("nobody has spoken");
        _signer.HasSigned(_plan with { Decisions = [first, second] }).ShouldBeTrue();
        _signer.HasSigned(_plan with { Decisions = [first with { At = first.At.AddTicks(1) }] }).ShouldBeTrue("the database keeps milliseconds");
        _signer.HasSigned(_plan with { Decisions = [second, first] }).ShouldBeFalse();
        _signer.HasSigned(_plan with { Decisions = [second] }).ShouldBeFalse();
        _signer.HasSigned(_plan with { Decisions = [first, first] }).ShouldBeFalse();
    }

    [Fact]
    public void A_signed_decision_passes_neither_for_a_grant_nor_for_a_checkpoint()
    {
        var signature = _signer.Sign(_plan.Id, _plan.Digest, 0, Word).Signature!;
        using var verifier = GrantVerifier.FromPublicKey(Convert.ToBase64String(_key.ExportSubjectPublicKeyInfo()), _time);

        verifier.Verify(signature, _plan.Id, _plan.Digest).Refusal.ShouldBe(GrantRefusal.ForeignHeader);
        AuditCheckpoint.Verify(signature, _key).ShouldBeNull();
    }

    [Fact]
    public void Neither_a_grant_nor_a_checkpoint_passes_for_a_signed_decision()
    {
        var grant = new GrantSigner(_key, _time).Sign(_plan.Id, _plan.Digest, ["bob"], _time.GetUtcNow().AddMinutes(5)).Token;
        var checkpoint = new AuditCheckpoint(1, "hash", 0).Sign(_key);

        _signer.HasSigned(_plan with { Decisions = [Word with { Signature = grant }] }).ShouldBeFalse();
        _signer.HasSigned(_plan with { Decisions = [Word with { Signature = checkpoint }] }).ShouldBeFalse();
    }

    [Fact]
    public void A_key_on_another_curve_is_refused()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP384);

        Should.Throw<ArgumentException>(() => new DecisionSigner(other));
    }
}
