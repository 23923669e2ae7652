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

    // The sandbox runs no controllers of these kinds.
    [Theory]
    [InlineData("apps/v1", "statefulsets", "StatefulSet", """ "serviceName":"own","selector":{"matchLabels":{"app":"own"} },"replicas":1,""")]
    [InlineData("apps/v1", "daemonsets", "DaemonSet", """ "selector":{"matchLabels":{"app":"own"} },""")]
    [InlineData("batch/v1", "jobs", "Job", "")]
    public async Task A_ConfigMap_that_Pods_of_another_controller_use_is_found_to_be_depended_on(string apiVersion, string plural, string kind, string spec)
    {
        await using var bench = await ChangeBench.StartAsync(cluster, await cluster.NewNamespaceAsync("change", withDemoWorkload: false));
        await cluster.Admin.ApplyAsync(Settings(bench.Namespace));
        var template = Workloads.Parse(UsingSettings("own"));
        template["spec"]!["restartPolicy"] = kind == "Job" ? "Never" : "Always";
        await cluster.Admin.CreateAsync($"/apis/{apiVersion}/namespaces/{bench.Namespace}/{plural}", Workloads.Parse($$$"""
            {"apiVersion":"{{{apiVersion}}}","kind":"{{{kind}}}","metadata":{"name":"own"},"spec":{ {{{spec}}} "template":{{{template.ToJsonString()}}} } }
            """));
        var pod = await Workloads.PodOfAsync(cluster, bench.Namespace);

        var plan = await bench.PlanAsync("request_delete_manifest", bench.In(("manifest", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\n")));

        plan.Content.Findings.Single(finding => finding.Code == "delete-depended-on").Message.ShouldContain($"{pod}");
    }

    /// <summary>The API server takes a moment to see a new webhook.</summary>
    private static async Task<Finding> FoundAsync(string code, Func<Task<Plan>> makePlan)
    {
        var plan = await Eventually.GetAsync(makePlan, plan => plan.Content.Findings.Any(finding => finding.Code == code));
        return plan.Content.Findings.Single(finding => finding.Code == code);
    }
}
