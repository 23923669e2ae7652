using System.Security.Cryptography;
using System.Text.Json.Nodes;
using InfraGate.McpServer.Hosting;
using InfraGate.McpServer.Tests.Clusters;
using InfraGate.McpServer.Tests.Support;
using InfraGate.RealParts.ControlPlane;
using InfraGate.RealParts.Waiting;

namespace InfraGate.McpServer.Tests.Kubernetes;

/// <summary>With impersonation the cluster's own RBAC judges the verified caller, not InfraGate.</summary>
[Collection(SharedControlPlane.Name)]
public sealed class ImpersonationTests(ControlPlaneCluster cluster)
{
    [Fact]
    public async Task Calls_run_with_the_rights_of_the_callers_groups_and_no_others()
    {
        var ns = await cluster.NewNamespaceAsync();
        await ImpersonationRights.GrantAsync(cluster);
        await cluster.Admin.ApplyAsync(Workloads.Parse($$"""
            { "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "RoleBinding", "metadata": { "name": "platform", "namespace": "{{ns}}" },
              "roleRef": { "apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "infragate" },
              "subjects": [ { "kind": "Group", "name": "platform", "apiGroup": "rbac.authorization.k8s.io" } ] }
            """));
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var server = ServerUnderTest.Start(
            cluster.WriteKubeconfigFor(TokenUser.Stranger),
            ns,
            time: null,
            ("K8S_MCP_IMPERSONATE", "true"),
            ("INFRA_GATE_GATEWAY_PID", $"{Environment.ProcessId}"),
            ("INFRA_GATE_GRANT_PUBLIC_KEY", Convert.ToBase64String(key.ExportSubjectPublicKeyInfo())));
        var arguments = new JsonObject { ["namespace"] = ns, ["kind"] = "Deployment", ["name"] = "nginx-demo" };

        // RBAC takes a moment to see a new binding.
        await Eventually.GetAsync(() => server.CallAsync("get_k8s_resource", arguments, As("alice", "staff", "platform")), result => result.IsError is not true);
        var refusal = await server.RefusalAsync("get_k8s_resource", arguments, As("mallory", "staff", "marketing"));
        var reserved = await server.RefusalAsync("get_k8s_resource", arguments, As("alice", "staff", "system:masters"));

        refusal.GetProperty("code").GetString().ShouldBe("forbidden");
        refusal.GetProperty("message").GetString()!.ShouldContain("\"mallory\"");
        reserved.GetProperty("code").GetString().ShouldBe("forbidden");
    }

    private static JsonObject As(string subject, params string[] groups) => new()
    {
        [CallerReader.MetaKey] = new JsonObject { ["subject"] = subject, ["groups"] = new JsonArray([.. groups.Select(group => JsonValue.Create(group))]) },
    };
}
