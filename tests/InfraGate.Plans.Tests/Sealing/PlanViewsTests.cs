using InfraGate.Plans.Redaction;
using InfraGate.Plans.Sealing;
using InfraGate.Plans.Tests.Building;

namespace InfraGate.Plans.Tests.Sealing;

public sealed class PlanViewsTests
{
    private static readonly PlanContent s_plan = PlanBuilder.Scale(new ManualTime().GetUtcNow());

    [Fact]
    public void What_is_shown_as_it_is_or_behind_its_fingerprint_is_true()
    {
        PlanViews.AreTrue(s_plan).ShouldBeTrue();
        PlanViews.AreTrue(PlanBuilder.Delete(new ManualTime().GetUtcNow())).ShouldBeTrue();
        const string Body = """{"data":{"password":"hunter2","größe":"🚀 <b>\n"},"count":1}""";
        const string Reordered = """{"count":1.0,"data":{"gr\u00f6\u00dfe":"🚀 \u003cb>\n","password":"hunter2"}}""";
        PlanViews.AreTrue(With(target => Sending(target, Body, Reordered))).ShouldBeTrue();
        PlanViews.AreTrue(With(target => Sending(target, Body, Body.Replace("hunter2", Fingerprint.Of("hunter2"), StringComparison.Ordinal)))).ShouldBeTrue();
    }

    [Theory]
    [InlineData("""{"spec":{"replicas":2}}""")]
    [InlineData("""{"spec":{"replicas":"3"}}""")]
    [InlineData("""{"spec":{}}""")]
    [InlineData("""{"spec":{"replicas":3,"paused":true}}""")]
    [InlineData("""{"spec":{"replicas":3},"kind":"Deployment"}""")]
    [InlineData("""{"spec":{"replicaz":3}}""")]
    [InlineData("""{"spec":[3]}""")]
    [InlineData("""{"spec":{"replicas":3,"replicas":3}}""")]
    [InlineData("\"sha256:0123456789ab (3 characters)\"")]
    [InlineData("no json")]
    [InlineData(null)]
    public void A_view_that_is_not_its_original_lies_wherever_it_stands(string? lie)
    {
        PlanViews.AreTrue(With(target => target with { Request = target.Request with { BodyView = lie } })).ShouldBeFalse();
        PlanViews.AreTrue(With(target => target with { AfterView = lie })).ShouldBeFalse();
        PlanViews.AreTrue(With(target => target with { BeforeView = lie })).ShouldBeFalse();
    }

    [Fact]
    public void Another_item_another_order_and_a_foreign_fingerprint_lie()
    {
        const string Body = """{"args":["--insecure","--verbose"],"image":"evil:1"}""";

        Shown("""{"args":["--verbose"],"image":"evil:1"}""").ShouldBeFalse();
        Shown("""{"args":["--verbose","--insecure"],"image":"evil:1"}""").ShouldBeFalse();
        Shown($$"""{"args":["--insecure","--verbose"],"image":"{{Fingerprint.Of("nginx:1")}}"}""").ShouldBeFalse();

        static bool Shown(string view) => PlanViews.AreTrue(With(target => Sending(target, Body, view)));
    }

    [Fact]
    public void An_original_that_is_not_what_the_cluster_is_compared_with_lies()
    {
        PlanViews.AreTrue(With(target => target with { DryRunFingerprint = target.Fingerprint })).ShouldBeFalse();
        PlanViews.AreTrue(With(target => target with { Fingerprint = target.DryRunFingerprint })).ShouldBeFalse();
        PlanViews.AreTrue(With(target => target with { Live = null, BeforeView = null })).ShouldBeFalse();
        PlanViews.AreTrue(With(target => target with { Live = null, BeforeView = null, Fingerprint = null, Uid = null, Change = TargetChange.Create })).ShouldBeTrue("it makes the object");
    }

    [Fact]
    public void A_deletion_that_is_called_a_change_lies_and_so_does_a_change_that_is_called_a_deletion()
    {
        var delete = PlanBuilder.Delete(new ManualTime().GetUtcNow());

        PlanViews.AreTrue(delete with { Targets = [delete.Targets[0] with { Change = TargetChange.Update }] }).ShouldBeFalse();
        PlanViews.AreTrue(With(target => target with { Change = TargetChange.Delete })).ShouldBeFalse();
        PlanViews.AreTrue(With(target => target with { Request = target.Request with { Method = "DELETE" } })).ShouldBeFalse();
    }

    [Fact]
    public void One_lie_among_many_targets_is_enough() =>
        PlanViews.AreTrue(s_plan with { Targets = [s_plan.Targets[0], s_plan.Targets[0] with { AfterView = "{}" }] }).ShouldBeFalse();

    private static PlanTarget Sending(PlanTarget target, string body, string view) => target with { Request = target.Request with { Body = body, BodyView = view } };

    private static PlanContent With(Func<PlanTarget, PlanTarget> edit) => s_plan with { Targets = [edit(s_plan.Targets[0])] };
}
