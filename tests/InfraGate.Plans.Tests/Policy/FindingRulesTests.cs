using InfraGate.Plans.Findings;
using InfraGate.Plans.Policy;

namespace InfraGate.Plans.Tests.Policy;

public sealed class FindingRulesTests
{
    private static readonly string s_builtIn = FindingRules.DigestOf(EffectivePolicy.Default);

    [Fact]
    public void What_changes_no_finding_changes_no_digest()
    {
        FindingRules.DigestOf(new EffectivePolicy { Mode = ApprovalMode.FourEyes, ApprovalsNeeded = 3, ApproverGroups = ["sre"], PlanLifetime = TimeSpan.FromHours(2) }).ShouldBe(s_builtIn);
        FindingRules.DigestOf(With(FindingCodes.Privileged, FindingCodes.DefaultSeverity(FindingCodes.Privileged))).ShouldBe(s_builtIn);
        FindingRules.DigestOf(new EffectivePolicy { ImageRegistries = ["b.example", "a.example"] })
            .ShouldBe(FindingRules.DigestOf(new EffectivePolicy { ImageRegistries = ["a.example", "b.example", "a.example"] }));
    }

    [Fact]
    public void What_may_change_a_finding_changes_the_digest()
    {
        EffectivePolicy[] policies =
        [
            EffectivePolicy.Default,
            new() { ImageRegistries = ["a.example"] },
            new() { ImageRegistries = ["a.example", "b.example"] },
            new() { MaximumReplicas = 10 },
            new() { MaximumReplicas = 3 },
            With(FindingCodes.MutableImageTag, FindingSeverity.Acknowledge),
            With(FindingCodes.MutableImageTag, FindingSeverity.Block),
        ];

        policies.Select(FindingRules.DigestOf).Distinct().Count().ShouldBe(policies.Length);
    }

    private static EffectivePolicy With(string code, FindingSeverity severity) => new() { Severities = new Dictionary<string, FindingSeverity> { [code] = severity } };
}
