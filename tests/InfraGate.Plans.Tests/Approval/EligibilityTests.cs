using InfraGate.Plans.Approval;
using InfraGate.Plans.Policy;
using InfraGate.Plans.Tests.Building;

namespace InfraGate.Plans.Tests.Approval;

public sealed class EligibilityTests
{
    [Theory]
    [InlineData(ApprovalMode.Requester, "", "", "alice", "", true)]
    [InlineData(ApprovalMode.Requester, "", "", "bob", "sre", false)]
    [InlineData(ApprovalMode.Requester, "", "", "Alice", "", false)]
    [InlineData(ApprovalMode.Requester, "", "", "alice ", "", false)]
    [InlineData(ApprovalMode.Requester, "sre", "", "bob", "platform,sre", true)]
    [InlineData(ApprovalMode.Requester, "sre", "", "bob", "SRE", false)]
    [InlineData(ApprovalMode.Requester, "sre", "", "alice", "platform", false)]
    [InlineData(ApprovalMode.Requester, "sre", "", "alice", "sre", true)]
    [InlineData(ApprovalMode.Requester, "", "carol", "carol", "", true)]
    [InlineData(ApprovalMode.Requester, "", "carol", "bob", "carol", false)]
    [InlineData(ApprovalMode.Requester, "sre", "carol", "carol", "", true)]
    [InlineData(ApprovalMode.FourEyes, "", "", "alice", "sre", false)]
    [InlineData(ApprovalMode.FourEyes, "", "", "bob", "", true)]
    [InlineData(ApprovalMode.FourEyes, "sre", "", "alice", "sre", false)]
    [InlineData(ApprovalMode.FourEyes, "", "alice", "alice", "", false)]
    [InlineData(ApprovalMode.FourEyes, "sre", "", "bob", "sre", true)]
    [InlineData(ApprovalMode.FourEyes, "sre", "", "bob", "platform", false)]
    public void Only_whom_the_policy_names_may_decide(ApprovalMode mode, string groups, string subjects, string subject, string memberOf, bool may)
    {
        var policy = new EffectivePolicy { Mode = mode, ApproverGroups = List(groups), ApproverSubjects = List(subjects) };

        (Eligibility.RefusalFor(policy, PlanBuilder.Alice, subject, List(memberOf)) is null).ShouldBe(may);
    }

    [Theory]
    [InlineData(ApprovalMode.FourEyes, "alice", "", "alice", "", "which you hold")]
    [InlineData(ApprovalMode.FourEyes, "alice", "", "bob", "", null)]
    [InlineData(ApprovalMode.FourEyes, "alice", "", "Alice", "", null)]
    [InlineData(ApprovalMode.FourEyes, "alice", "sre", "alice", "sre", "which you hold")]
    [InlineData(ApprovalMode.FourEyes, "alice", "sre", "bob", "sre", null)]
    [InlineData(ApprovalMode.FourEyes, null, "", "alice", "", "must give the key an owner")]
    [InlineData(ApprovalMode.FourEyes, null, "", "bob", "sre", "must give the key an owner")]
    [InlineData(ApprovalMode.FourEyes, null, "sre", "bob", "sre", null)]
    [InlineData(ApprovalMode.FourEyes, null, "sre", "bob", "", "members of sre")]
    [InlineData(ApprovalMode.FourEyes, "", "", "bob", "", "must give the key an owner")]
    [InlineData(ApprovalMode.FourEyes, "key:codex", "", "bob", "", "must give the key an owner")]
    [InlineData(ApprovalMode.Requester, "alice", "", "alice", "", null)]
    [InlineData(ApprovalMode.Requester, "alice", "", "bob", "", "only alice, who holds the API key codex")]
    [InlineData(ApprovalMode.Requester, "alice", "sre", "alice", "", "members of sre")]
    [InlineData(ApprovalMode.Requester, null, "", "alice", "", "lets only codex")]
    public void Who_holds_a_key_is_who_asked_with_it(ApprovalMode mode, string? owner, string groups, string subject, string memberOf, string? refusal)
    {
        var policy = new EffectivePolicy { Mode = mode, ApproverGroups = List(groups) };
        var key = new Requester("key:codex", "codex", "api-key", Owner: owner);

        var said = Eligibility.RefusalFor(policy, key, subject, List(memberOf));

        (said is null).ShouldBe(refusal is null);
        (said ?? "").ShouldContain(refusal ?? "");
    }

    private static string[] List(string text) => text.Split(',', StringSplitOptions.RemoveEmptyEntries);
}
