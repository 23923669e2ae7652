using System.Security.Cryptography;
using InfraGate.McpServer.Hosting;
using InfraGate.McpServer.Tests.Support;
using InfraGate.RealParts.Files;

namespace InfraGate.McpServer.Tests.Hosting;

public sealed class ServerConfigurationTests : IDisposable
{
    private const int Parent = 4711;
    private readonly TemporaryFolder _folder = TemporaryFolder.Create("options");
    private readonly Dictionary<string, string> _variables;

    public ServerConfigurationTests() =>
        _variables = new Dictionary<string, string> { ["KUBECONFIG"] = _folder.Write("config", KubeconfigText.For(new Uri("https://cluster.example:6443"))) };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_defaults_are_those_of_the_skill()
    {
        var options = Load().Options;

        options.Clusters.ShouldHaveSingleItem().Namespaces.ShouldBe(["mcp-nginx-demo"]);
        options.ApprovalRoot.ShouldBe(Path.GetFullPath(".mcp-approvals"));
        options.MaxReplicas.ShouldBe(5);
        options.RolloutWait.ShouldBe(TimeSpan.FromSeconds(20));
        options.Impersonate.ShouldBeFalse();
        options.ReadCache.ShouldBeTrue();
        options.Gateway.ShouldBeNull();
        options.NamesClusters.ShouldBeFalse();
    }

    [Fact]
    public void Namespaces_are_a_sorted_set()
    {
        _variables["K8S_MCP_ALLOWED_NAMESPACES"] = " web, shop ,web";

        Load().Options.Clusters[0].Namespaces.ShouldBe(["shop", "web"]);
    }

    [Fact]
    public void A_context_without_namespaces_takes_the_common_ones()
    {
        _variables["K8S_MCP_ALLOWED_NAMESPACES"] = "shop";
        _variables["K8S_MCP_CONTEXTS"] = "test";

        var options = Load().Options;

        options.NamesClusters.ShouldBeTrue();
        options.Clusters.ShouldHaveSingleItem().Context.ShouldBe("test");
        options.Clusters[0].Namespaces.ShouldBe(["shop"]);
    }

    [Fact]
    public void Memory_can_be_switched_off()
    {
        _variables["K8S_MCP_READ_CACHE"] = "false";

        Load().Options.ReadCache.ShouldBeFalse();
    }

    [Theory]
    [InlineData("K8S_MCP_READ_CACHE", "sometimes", "true or false")]
    [InlineData("K8S_MCP_ALLOWED_NAMESPACES", "*", "no wildcards")]
    [InlineData("K8S_MCP_ALLOWED_NAMESPACES", ",", "allows no namespace")]
    [InlineData("K8S_MCP_CONTEXTS", ";", "names no context")]
    [InlineData("K8S_MCP_CONTEXTS", "test=a;test=b", "twice")]
    [InlineData("K8S_MCP_CONTEXTS", "prod=shop", "no context 'prod'")]
    [InlineData("K8S_MCP_MAX_REPLICAS", "many", "whole number from 0 to 1000")]
    [InlineData("K8S_MCP_MAX_PENDING_PLANS", "-1", "whole number from 0 to 1000000")]
    [InlineData("K8S_MCP_ROLLOUT_WAIT_SECONDS", "-1", "whole number from 0 to 600")]
    [InlineData("K8S_MCP_IMPERSONATE", "perhaps", "true or false")]
    [InlineData("K8S_MCP_IMPERSONATE", "true", "needs the gateway")]
    [InlineData("K8S_MCP_POLICY_FILE", "/no/such/file", "no file")]
    [InlineData("KUBECONFIG", "/no/such/file", "names no file that exists")]
    [InlineData("INFRA_GATE_GATEWAY_PID", "4711", "both or neither")]
    [InlineData("INFRA_GATE_GRANT_PUBLIC_KEY", "AAAA", "both or neither")]
    public void A_mistake_is_told_with_its_cure(string name, string value, string expected)
    {
        _variables[name] = value;

        Should.Throw<ConfigurationException>(Load).Message.ShouldContain(expected);
    }

    [Fact]
    public void All_mistakes_are_told_together()
    {
        _variables["KUBECONFIG"] = "/no/such/file";
        _variables["K8S_MCP_MAX_REPLICAS"] = "many";
        _variables["K8S_MCP_IMPERSONATE"] = "perhaps";

        Should.Throw<ConfigurationException>(Load).Mistakes.Count.ShouldBe(3);
    }

    [Fact]
    public void A_gateway_is_believed_only_when_it_is_the_parent()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        _variables["INFRA_GATE_GRANT_PUBLIC_KEY"] = Convert.ToBase64String(key.ExportSubjectPublicKeyInfo());
        _variables["INFRA_GATE_GATEWAY_PID"] = "4711";

        Load().Options.Gateway.ShouldNotBeNull().ProcessId.ShouldBe(Parent);
        _variables["INFRA_GATE_GATEWAY_PID"] = "4712";
        Should.Throw<ConfigurationException>(Load).Message.ShouldContain("not the process that launched");
    }

    [Fact]
    public void Only_a_P_256_key_verifies_grants()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        _variables["INFRA_GATE_GATEWAY_PID"] = "4711";
        _variables["INFRA_GATE_GRANT_PUBLIC_KEY"] = Convert.ToBase64String(key.ExportSubjectPublicKeyInfo());
        Should.Throw<ConfigurationException>(Load).Message.ShouldContain("P-256");

        _variables["INFRA_GATE_GRANT_PUBLIC_KEY"] = "not base64!";
        Should.Throw<ConfigurationException>(Load).Message.ShouldContain("no public key");
    }

    [Theory]
    [InlineData("DOTNET_ENVIRONMENT")]
    [InlineData("ASPNETCORE_ENVIRONMENT")]
    public void Production_refuses_a_cluster_over_plain_http(string variable)
    {
        _variables["KUBECONFIG"] = _folder.Write("plain", KubeconfigText.For(new Uri("http://127.0.0.1:8080")));
        Load();

        _variables[variable] = "Production";

        Should.Throw<ConfigurationException>(Load).Message.ShouldContain("plain HTTP");
    }

    private ServerConfiguration Load() => ServerConfiguration.Load(_variables.GetValueOrDefault, Parent, TimeProvider.System);
}
