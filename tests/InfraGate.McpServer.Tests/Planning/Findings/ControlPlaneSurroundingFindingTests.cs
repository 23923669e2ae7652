using System.Text.Json.Nodes;
using InfraGate.McpServer.Tests.Clusters;
using InfraGate.McpServer.Tests.Support;
using InfraGate.Plans.Findings;
using InfraGate.RealParts.Certificates;
using InfraGate.RealParts.Clusters;
using InfraGate.RealParts.ControlPlane;
using InfraGate.RealParts.Waiting;

namespace InfraGate.McpServer.Tests.Planning.Findings;

[Collection(SharedControlPlane.Name)]
public sealed class ControlPlaneSurroundingFindingTests(ControlPlaneCluster cluster) : SurroundingFindingScenarios(cluster)
{
    private const string Webhooks = "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations";

    [Fact]
    public async Task What_the_API_server_warns_of_is_found()
    {
        using var authority = new CertificateAuthority("webhook");
        await using var webhook = await FakeApiServer.StartAsync(
            async context =>
            {
                var review = (await JsonNode.ParseAsync(context.Request.Body))!;
                await FakeApiServer.JsonAsync(context, $$"""
                    {"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","response":{"uid":"{{review["request"]!["uid"]}}","allowed":true,"warnings":["more than two replicas are dear"]} }
                    """);
            },
            authority.IssueServer("webhook"));
        await using var bench = await ChangeBench.StartAsync(cluster);
        await cluster.Admin.MergeAsync(KubePath.Namespace(bench.Namespace), Workloads.Parse($$"""{ "metadata": { "labels": { "warned": "{{bench.Namespace}}" } } }"""));
        await cluster.Admin.CreateAsync(Webhooks, Configuration(bench.Namespace, webhook.Address, authority.Pem));
        try
        {
            // The API server takes a moment to see a new webhook.
            var warned = await Eventually.GetAsync(
                () => bench.PlanScaleAsync(3),
                plan => plan.Content.Findings.Any(finding => finding.Code == "server-warning"));

            var finding = warned.Content.Findings.Single(finding => finding.Code == "server-warning");
            (finding.Severity, finding.Message, finding.Target).ShouldBe((FindingSeverity.Warn, "more than two replicas are dear", "Deployment/nginx-demo"));
        }
        finally
        {
            await cluster.Admin.DeleteAsync($"{Webhooks}/{bench.Namespace}");
        }
    }

    private static JsonObject Configuration(string ns, Uri address, string authority) => Workloads.Parse($$"""
        {
          "apiVersion": "admissionregistration.k8s.io/v1", "kind": "ValidatingWebhookConfiguration", "metadata": { "name": "{{ns}}" },
          "webhooks": [ {
            "name": "warns.infragate.dev", "admissionReviewVersions": ["v1"], "sideEffects": "None", "timeoutSeconds": 5,
            "clientConfig": { "url": "{{address}}", "caBundle": "{{KubeconfigText.Base64(authority)}}" },
            "namespaceSelector": { "matchLabels": { "warned": "{{ns}}" } },
            "rules": [ { "apiGroups": ["apps"], "apiVersions": ["v1"], "operations": ["UPDATE"], "resources": ["deployments", "deployments/scale"], "scope": "Namespaced" } ]
          } ]
        }
        """);
}
