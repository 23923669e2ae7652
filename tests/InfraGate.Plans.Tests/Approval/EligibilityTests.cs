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

    private static string[] List(string text) => text.Split(',', StringSplitOptions.RemoveEmptyEntries);
}
