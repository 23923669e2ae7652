using InfraGate.McpServer.Tests.Clusters;
using InfraGate.McpServer.Tests.Support;
using InfraGate.Plans;
using InfraGate.Plans.Findings;
using InfraGate.RealParts.Clusters;
using InfraGate.RealParts.ControlPlane;
using InfraGate.RealParts.Waiting;

namespace InfraGate.McpServer.Tests.Planning.Findings;

[Collection(SharedControlPlane.Name)]
public sealed class ControlPlaneSurroundingFindingTests(ControlPlaneCluster cluster) : SurroundingFindingScenarios(cluster)
{
    [Fact]
    [Finds(FindingCodes.ServerWarning)]
    public async Task What_the_API_server_warns_of_is_found()
    {
        await using var bench = await ChangeBench.StartAsync(cluster);
        await using var webhook = await AdmissionWebhook.InstallAsync(cluster, bench.Namespace, """ "warnings": ["more than two replicas are dear"] """);

        var finding = await FoundAsync("server-warning", () => bench.PlanScaleAsync(3));

        (finding.Severity, finding.Message, finding.Target).ShouldBe((FindingSeverity.Warn, "more than two replicas are dear", "Deployment/nginx-demo"));
    }

    /// <summary>The API server takes a moment to see a new webhook.</summary>
    private static async Task<Finding> FoundAsync(string code, Func<Task<Plan>> makePlan)
    {
        var plan = await Eventually.GetAsync(makePlan, plan => plan.Content.Findings.Any(finding => finding.Code == code));
        return plan.Content.Findings.Single(finding => finding.Code == code);
    }
}
