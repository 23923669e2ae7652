using InfraGate.McpServer.Tests.Clusters;
using InfraGate.McpServer.Tests.Support;
using InfraGate.Plans.Policy;
using InfraGate.RealParts.Clusters;

namespace InfraGate.McpServer.Tests.Planning;

/// <summary>A plan says under which rules its findings were made, so that others are noticed at the decision.</summary>
[Collection(SharedSandbox.Name)]
public sealed class TightenedPolicyTests(SandboxCluster cluster)
{
    [Fact]
    public async Task A_request_under_other_rules_makes_a_new_plan_and_not_the_old_one_again()
    {
        await using var bench = await ChangeBench.StartAsync(cluster, policy: "version: 1\ndefaults: { maximumReplicas: 10 }\n");
        var first = await bench.PlanScaleAsync(3);
        (await bench.PlanScaleAsync(3)).Id.ShouldBe(first.Id);

        await bench.SetPolicyAsync("version: 1\ndefaults: { maximumReplicas: 5 }\n");
        var second = await bench.PlanScaleAsync(3);

        first.Content.FindingRules.ShouldBe(FindingRules.DigestOf(new EffectivePolicy { MaximumReplicas = 10 }));
        second.Content.FindingRules.ShouldBe(FindingRules.DigestOf(new EffectivePolicy { MaximumReplicas = 5 }));
        second.Id.ShouldNotBe(first.Id);
    }
}
