using System.Reflection;
using InfraGate.Plans.Findings;

namespace InfraGate.McpServer.Tests.Planning.Findings;

public sealed class FindingCoverageTests
{
    // Every apply that was tried and takes a probe away is refused: server-side apply leaves the empty handler behind, which validation does not accept. ProbeRuleTests prove the rule itself.
    private static readonly string[] Unreachable = [FindingCodes.RemovedProbe];

    [Theory]
    [InlineData(typeof(ControlPlaneFindingTests), typeof(ControlPlaneSurroundingFindingTests))]
    [InlineData(typeof(SandboxFindingTests), typeof(SandboxSurroundingFindingTests))]
    public void Every_finding_is_provoked_on_each_cluster(params Type[] tests)
    {
        var found = tests.SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance))
            .SelectMany(method => method.GetCustomAttribute<FindsAttribute>()?.Codes ?? [])
            .Concat(FindingScenarios.InManifests.Select(row => (string)((object[])[.. row])[0]));

        found.Distinct().ShouldBe(FindingCodes.All.Except(Unreachable), ignoreOrder: true);
    }
}
