using System.Text.Json.Nodes;
using InfraGate.McpServer.Tests.Clusters;
using InfraGate.McpServer.Tests.Support;
using InfraGate.RealParts.ControlPlane;
using InfraGate.RealParts.Waiting;

namespace InfraGate.McpServer.Tests.Inspection.Caching;

/// <summary>What the server's identity may no longer read is soon no longer shown from memory.</summary>
[Collection(SharedControlPlane.Name)]
public sealed class WithdrawnRightsTests(ControlPlaneCluster cluster)
{
    [Fact]
    public async Task Rights_that_are_withdrawn_end_the_answers_when_the_watch_is_renewed()
    {
        var ns = await cluster.NewNamespaceAsync();
        using var server = ServerUnderTest.Start(cluster.KubeconfigPath, ns, time: null, ("K8S_MCP_READ_CACHE", "true"));
        var arguments = new JsonObject { ["namespace"] = ns };
        await Eventually.TrueAsync(async () => (await server.ReadAsync("get_k8s_status", arguments)).TryGetProperty("observed", out _));

        await cluster.Admin.DeleteAsync($"/apis/rbac.authorization.k8s.io/v1/namespaces/{ns}/rolebindings/infragate");

        var refusal = await Eventually.GetAsync(() => server.CallAsync("get_k8s_status", arguments), result => result.IsError is true);
        refusal.StructuredContent!.Value.GetProperty("error").GetProperty("code").GetString().ShouldBe("forbidden");
    }
}
