using InfraGate.McpServer.Tests.Clusters;
using InfraGate.McpServer.Tests.Support;
using InfraGate.Plans.Findings;
using InfraGate.RealParts.Clusters;

namespace InfraGate.McpServer.Tests.Planning.Findings;

[Collection(SharedSandbox.Name)]
public sealed class SandboxSurroundingFindingTests(SandboxCluster cluster) : SurroundingFindingScenarios(cluster)
{
    // Kubernetes 1.20 warns of nothing that InfraGate may change; newer ones, which the sandbox plays, do.
    [Fact]
    [Finds(FindingCodes.ServerWarning)]
    public async Task What_a_newer_API_server_warns_of_is_found()
    {
        await using var bench = await ChangeBench.StartAsync(cluster, await SharedNamespace.GetAsync(cluster));
        var deployment = Workloads.Deployment(bench.Namespace, "old", "registry.local/web:1.2.3", change: value =>
            value["spec"]!["template"]!["spec"]!["nodeSelector"] = Workloads.Parse("""{ "beta.kubernetes.io/os": "linux" }"""));

        var plan = await bench.PlanManifestAsync(deployment.ToJsonString());

        var finding = plan.Content.Findings.Single(finding => finding.Code == FindingCodes.ServerWarning);
        (finding.Severity, finding.Target).ShouldBe((FindingSeverity.Warn, "Deployment/old"));
        finding.Message.ShouldBe("spec.template.spec.nodeSelector[beta.kubernetes.io/os]: deprecated since v1.14; use \"kubernetes.io/os\" instead");
    }
}
