using InfraGate.ApprovalUi.Text;
using InfraGate.Plans;
using InfraGate.Plans.Policy;

namespace InfraGate.ApprovalUi.Tests.Text;

/// <summary>The page says what the rules do.</summary>
public sealed class PolicyWordsTests
{
    [Theory]
    [InlineData(ApprovalMode.FourEyes, "alice", "", "anybody but alice, who holds the API key codex that asked")]
    [InlineData(ApprovalMode.FourEyes, "alice", "sre", "members of sre, but not alice, who holds the API key codex that asked")]
    [InlineData(ApprovalMode.FourEyes, null, "", "nobody, as nobody knows whose the API key codex is that asked")]
    [InlineData(ApprovalMode.FourEyes, null, "sre", "members of sre, but not codex, who asked")]
    [InlineData(ApprovalMode.Requester, "alice", "", "alice, who holds the API key codex that asked")]
    [InlineData(ApprovalMode.Requester, "alice", "sre", "members of sre")]
    public void Who_approves_what_a_key_asked_goes_by_who_holds_it(ApprovalMode mode, string? owner, string group, string words)
    {
        var policy = new EffectivePolicy { Mode = mode, ApproverGroups = group.Length == 0 ? [] : [group] };

        PolicyWords.Who(policy, new Requester("key:codex", "codex", "api-key", Owner: owner)).ShouldBe(words);
    }
}
