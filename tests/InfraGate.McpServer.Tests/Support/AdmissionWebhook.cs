using System.Text.Json.Nodes;
using InfraGate.RealParts.Certificates;
using InfraGate.RealParts.Clusters;

namespace InfraGate.McpServer.Tests.Support;

/// <summary>An admission webhook that the real API server asks about each update of a Deployment of one namespace, and that always allows it with something to add.</summary>
internal sealed class AdmissionWebhook : IAsyncDisposable
{
    private const string Collection = "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations";
    private readonly CertificateAuthority _authority = new("webhook");
    private readonly KubeAdminClient _admin;
    private readonly string _path;
    private FakeApiServer? _server;

    private AdmissionWebhook(KubeAdminClient admin, string path) => (_admin, _path) = (admin, path);

    /// <param name="addition">Further members of the admission response.</param>
    public static async Task<AdmissionWebhook> InstallAsync(IClusterUnderTest cluster, string ns, string addition)
    {
        var webhook = new AdmissionWebhook(cluster.Admin, $"{Collection}/{ns}");
        webhook._server = await FakeApiServer.StartAsync(
            async context =>
            {
                var review = (await JsonNode.ParseAsync(context.Request.Body))!;
                await FakeApiServer.JsonAsync(context, $$"""
                    { "apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "response": { "uid": "{{review["request"]!["uid"]}}", "allowed": true, {{addition}} } }
                    """);
            },
            webhook._authority.IssueServer("webhook"));
        await cluster.Admin.MergeAsync(KubePath.Namespace(ns), Workloads.Parse($$"""{ "metadata": { "labels": { "webhook": "{{ns}}" } } }"""));
        await cluster.Admin.CreateAsync(Collection, webhook.Configuration(ns));
        return webhook;
    }

    public async ValueTask DisposeAsync()
    {
        await _admin.DeleteAsync(_path);
        await _server!.DisposeAsync();
        _authority.Dispose();
    }

    private JsonObject Configuration(string ns) => Workloads.Parse($$"""
        {
          "apiVersion": "admissionregistration.k8s.io/v1", "kind": "ValidatingWebhookConfiguration", "metadata": { "name": "{{ns}}" },
          "webhooks": [ {
            "name": "test.infragate.dev", "admissionReviewVersions": ["v1"], "sideEffects": "None", "timeoutSeconds": 5,
            "clientConfig": { "url": "{{_server!.Address}}", "caBundle": "{{KubeconfigText.Base64(_authority.Pem)}}" },
            "namespaceSelector": { "matchLabels": { "webhook": "{{ns}}" } },
            "rules": [ { "apiGroups": ["apps"], "apiVersions": ["v1"], "operations": ["UPDATE"], "resources": ["deployments"], "scope": "Namespaced" } ]
          } ]
        }
        """);
}
