using System.Text.Json.Nodes;
using InfraGate.EndToEnd.Tests.Agents;
using InfraGate.EndToEnd.Tests.People;
using InfraGate.EndToEnd.Tests.Stories;
using InfraGate.RealParts.Clusters;

namespace InfraGate.EndToEnd.Tests.Contract;

/// <summary>What cannot be meant gets a code, one plain sentence and a hint, and changes nothing.</summary>
public abstract class BadInputTests(StoryGateway stack)
{
    private const string Demo = "\"namespace\":\"mcp-nginx-demo\"";

    public static TheoryData<string, string, string, string> Calls => new()
    {
        { "get_k8s_status", """{"namespace":"kube-system"}""", "namespace_not_allowed", "kube-system" },
        { "request_restart_deployment", """{"namespace":"nowhere","name":"nginx-demo"}""", "namespace_not_allowed", "nowhere" },
        { "get_k8s_status", """{"namespace":"../secrets"}""", "invalid_argument", "namespace" },
        { "request_restart_deployment", $$"""{{{Demo}},"name":"Nginx_Demo!"}""", "invalid_argument", "name" },
        { "get_pod_logs", $$"""{{{Demo}},"podName":"a/../../secrets"}""", "invalid_argument", "podName" },
        { "request_scale_deployment", $$"""{{{Demo}},"name":"nginx-demo","replicas":-1}""", "invalid_argument", "replicas" },
        { "request_scale_deployment", $$"""{{{Demo}},"name":"nginx-demo","replicas":6}""", "invalid_argument", "replicas" },
        { "request_scale_deployment", $$"""{{{Demo}},"name":"nginx-demo","replicas":"two"}""", "invalid_argument", "replicas" },
        { "request_scale_deployment", $$"""{{{Demo}},"name":"nginx-demo","replicas":1.5}""", "invalid_argument", "replicas" },
        { "request_apply_manifest", $$"""{{{Demo}},"manifest":"apiVersion: v1\nkind: Secret\nmetadata: {name: s}\n"}""", "unsupported_kind", "Secret" },
        { "request_delete_manifest", $$"""{{{Demo}},"manifest":"apiVersion: v1\nkind: Secret\nmetadata: {name: s}\n"}""", "unsupported_kind", "Secret" },
        { "get_k8s_resource", $$"""{{{Demo}},"kind":"Secret","name":"s"}""", "unsupported_kind", "Secret" },
        { "request_apply_manifest", $$"""{{{Demo}},"manifest":"apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: i}\n"}""", "unsupported_kind", "Ingress" },
        { "request_apply_manifest", $$"""{{{Demo}},"manifest":"apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c, namespace: kube-system}\n"}""", "invalid_argument", "kube-system" },
        { "request_apply_manifest", $$"""{{{Demo}},"manifest":"apiVersion: v1\n  kind: [ConfigMap\n"}""", "invalid_argument", "line" },
        { "request_apply_manifest", $$"""{{{Demo}},"manifest":""}""", "invalid_argument", "manifest" },
        { "request_restart_deployment", $$"""{{{Demo}},"name":"nginx-demo","force":true}""", "invalid_argument", "force" },
        { "request_restart_deployment", $$"""{{{Demo}}}""", "invalid_argument", "name" },
        { "request_restart_deployment", $$"""{{{Demo}},"name":"no-such-deployment"}""", "not_found", "no-such-deployment" },
        { "apply_approved_plan", """{"planId":"20200101-AAAAAAAA"}""", "plan_not_found", "20200101-AAAAAAAA" },
        { "apply_approved_plan", """{"planId":"' OR 1=1 --"}""", "invalid_argument", "planId" },
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task It_is_refused_in_plain_words_and_nothing_is_changed(string tool, string arguments, string code, string named)
    {
        var untouched = await UntouchedNamespace.RememberAsync(stack.Cluster, IClusterUnderTest.DemoNamespace);
        await using var agent = await stack.OpenSessionAsync(Person.Alice);

        var refused = await agent.CallAsync(tool, JsonNode.Parse(arguments)!.AsObject());

        refused.Code.ShouldBe(code, refused.Text);
        var error = refused.Structured.GetProperty("error");
        error.GetProperty("message").GetString()!.ShouldContain(named);
        error.GetProperty("hint").GetString().ShouldNotBeNullOrWhiteSpace();
        refused.Text.ShouldNotContain("Exception");
        refused.Text.ShouldNotContain("   at ");
        await untouched.ShouldStillBeSoAsync();
    }
}
