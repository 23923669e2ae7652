using System.Text.Json.Nodes;
using InfraGate.McpServer.Hosting;
using InfraGate.McpServer.Kubernetes;
using InfraGate.McpServer.Tests.Support;
using InfraGate.McpServer.Tools;
using InfraGate.RealParts.Files;

namespace InfraGate.McpServer.Tests.Tools;

/// <summary>The allowlist is enforced at the call, for every tool (CVE-2026-46519 enforced it in the listing only).</summary>
public sealed class NamespaceGateTests : IDisposable
{
    private readonly TemporaryFolder _folder = TemporaryFolder.Create("gate");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task No_tool_reaches_a_namespace_that_is_not_allowed()
    {
        await using var cluster = await FakeApiServer.StartAsync(context => FakeApiServer.JsonAsync(context, "{}"));
        using var server = ServerUnderTest.Start(_folder.Write("config", KubeconfigText.For(cluster.Address)), "shop");

        foreach (var tool in server.Listing.Tools.Where(tool => tool.InputSchema.GetProperty("properties").TryGetProperty("namespace", out _)))
        {
            var arguments = new JsonObject();
            foreach (var required in tool.InputSchema.GetProperty("required").EnumerateArray().Select(name => name.GetString()!))
            {
                arguments[required] = required switch
                {
                    "namespace" => "kube-system",
                    "replicas" => 1,
                    _ => "web",
                };
            }

            var refusal = await server.RefusalAsync(tool.Name, arguments);

            refusal.GetProperty("code").GetString().ShouldBe("namespace_not_allowed", tool.Name);
            refusal.GetProperty("hint").GetString()!.ShouldContain("shop");
        }

        cluster.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_unknown_tool_is_refused()
    {
        using var server = ServerUnderTest.Start(_folder.Write("config", KubeconfigText.For(new Uri("http://127.0.0.1:1"))), "shop");

        (await server.RefusalAsync("kubectl", [])).GetProperty("code").GetString().ShouldBe("invalid_argument");
    }

    [Fact]
    public async Task Each_cluster_has_its_own_namespaces()
    {
        await using var cluster = await FakeApiServer.StartAsync(context => FakeApiServer.JsonAsync(context, """{ "gitVersion": "v1.30.0" }"""));
        var config = KubeconfigText.For(cluster.Address).Replace("contexts:", "contexts:\n- name: staging\n  context: { cluster: test, user: test }", StringComparison.Ordinal);
        using var server = ServerUnderTest.Start(_folder.Write("config", config), "unused", time: null, ("K8S_MCP_CONTEXTS", "test=shop;staging=shop,web"));

        var inventory = await server.ReadAsync("get_allowed_namespaces", []);
        var refusal = await server.RefusalAsync("get_k8s_status", new JsonObject { ["namespace"] = "web" });
        var unknown = await server.RefusalAsync("get_k8s_status", new JsonObject { ["namespace"] = "web", ["cluster"] = "prod" });
        await server.CallAsync("get_k8s_status", new JsonObject { ["namespace"] = "web", ["cluster"] = "staging" });

        inventory.GetProperty("clusters").EnumerateArray().Select(entry => entry.GetProperty("name").GetString()).ShouldBe(["test", "staging"]);
        refusal.GetProperty("code").GetString().ShouldBe("namespace_not_allowed");
        unknown.GetProperty("code").GetString().ShouldBe("invalid_argument");
        cluster.Requests.ShouldContain(request => request.PathAndQuery.Contains("/namespaces/web/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_cluster_that_is_down_does_not_hide_the_others()
    {
        await using var cluster = await FakeApiServer.StartAsync(context => FakeApiServer.JsonAsync(context, """{ "gitVersion": "v1.30.0" }"""));
        var config = KubeconfigText.For(cluster.Address)
            .Replace("contexts:", "contexts:\n- name: down\n  context: { cluster: down, user: test }", StringComparison.Ordinal)
            .Replace("clusters:", "clusters:\n- name: down\n  cluster: { server: 'http://127.0.0.1:1' }", StringComparison.Ordinal);
        using var server = ServerUnderTest.Start(_folder.Write("config", config), "shop", time: null, ("K8S_MCP_CONTEXTS", "test;down"));

        var clusters = (await server.ReadAsync("get_allowed_namespaces", [])).GetProperty("clusters");

        clusters[0].GetProperty("version").GetString().ShouldBe("v1.30.0");
        clusters[1].GetProperty("reachable").GetBoolean().ShouldBeFalse();
        clusters[1].GetProperty("problem").GetString()!.ShouldContain("does not accept connections");
    }

    [Theory]
    [InlineData("shop", true)]
    [InlineData("web", false)]
    [InlineData("kube-system", false)]
    public void A_callers_own_restriction_narrows_the_allowlist_and_never_widens_it(string ns, bool isAllowed)
    {
        using var client = ClientUnderTest.For(new Uri("http://127.0.0.1:1"));
        var access = new ClusterAccess([new AllowedTransport(client.Transport, ["shop", "web"])], impersonate: false);
        var caller = Caller.LocalUser("test") with { Namespaces = ["shop", "kube-system"] };

        access.Visible(caller).Single().Namespaces.ShouldBe(["shop"]);
        if (isAllowed)
        {
            access.Open(caller, clusterName: null, ns).Namespace.ShouldBe(ns);
        }
        else
        {
            Should.Throw<ToolException>(() => access.Open(caller, clusterName: null, ns)).Code.ShouldBe(ToolErrorCode.NamespaceNotAllowed);
        }
    }
}
