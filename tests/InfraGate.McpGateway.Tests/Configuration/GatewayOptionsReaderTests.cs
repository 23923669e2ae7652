using InfraGate.McpGateway.Configuration;
using InfraGate.McpGateway.Guardrails;
using Microsoft.Extensions.DependencyInjection;

namespace InfraGate.McpGateway.Tests.Configuration;

public sealed class GatewayOptionsReaderTests
{
    private static readonly Dictionary<string, string> s_soundProduction = new(StringComparer.Ordinal)
    {
        ["INFRA_GATE_LISTEN"] = "http://0.0.0.0:3001",
        ["INFRA_GATE_OAUTH_AUTHORITY"] = "https://id.example.com/realms/ops/",
        ["INFRA_GATE_OAUTH_RESOURCE"] = "https://gate.example.com/mcp",
        ["INFRA_GATE_APPROVAL_BASE_URL"] = "https://gate.example.com",
    };

    [Fact]
    public void With_nothing_set_the_documented_local_defaults_hold()
    {
        var options = Read([], "Development");

        options.Listen.ShouldHaveSingleItem().AbsoluteUri.ShouldBe("http://127.0.0.1:3001/");
        options.OAuth.Authority.AbsoluteUri.ShouldBe("http://127.0.0.1:3011/");
        options.OAuth.Scopes.ShouldBe(["mcp:tools"]);
        options.OAuth.RequireHttpsMetadata.ShouldBeFalse();
        options.Approval.ClientId.ShouldBe("infra-gate-approval-ui");
        options.Sessions.IdleLimit.ShouldBe(TimeSpan.FromHours(1));
        Path.GetFileName(options.Storage.ApprovalRoot).ShouldBe(".mcp-approvals");
        Path.GetFileName(options.Storage.GuardAuditRoot).ShouldBe(".mcp-guardrails");
        options.McpEnabled.ShouldBeTrue();
    }

    [Fact]
    public void A_sound_production_configuration_is_accepted()
    {
        var options = Read([], "Production", s_soundProduction);

        options.IsProduction.ShouldBeTrue();
        options.OAuth.Authority.AbsoluteUri.ShouldBe("https://id.example.com/realms/ops");
        options.OAuth.RequireHttpsMetadata.ShouldBeTrue();
    }

    [Theory]
    [InlineData("INFRA_GATE_OAUTH_AUTHORITY", "http://id.example.com")]
    [InlineData("INFRA_GATE_OAUTH_AUTHORITY", "https://127.0.0.1:3011")]
    [InlineData("INFRA_GATE_OAUTH_AUTHORITY", "")]
    [InlineData("INFRA_GATE_OAUTH_RESOURCE", "http://gate.example.com/mcp")]
    [InlineData("INFRA_GATE_OAUTH_RESOURCE", "")]
    [InlineData("INFRA_GATE_OAUTH_REQUIRE_HTTPS_METADATA", "false")]
    [InlineData("INFRA_GATE_APPROVAL_BASE_URL", "http://gate.example.com")]
    [InlineData("INFRA_GATE_APPROVAL_BASE_URL", "")]
    [InlineData("INFRA_GATE_APPROVAL_OAUTH_AUTHORIZATION_ENDPOINT", "http://id.example.com/authorize")]
    [InlineData("INFRA_GATE_APPROVAL_OAUTH_TOKEN_ENDPOINT", "http://id.example.com/token")]
    public void Production_refuses_what_is_only_safe_locally(string name, string value) =>
        MistakesOf("Production", s_soundProduction, name, value).ShouldContain(mistake => mistake.StartsWith(name, StringComparison.Ordinal));

    [Theory]
    [InlineData("INFRA_GATE_LISTEN", "http://0.0.0.0:3001")]
    [InlineData("ASPNETCORE_URLS", "http://*:3001")]
    [InlineData("INFRA_GATE_LISTEN", "3001")]
    [InlineData("INFRA_GATE_OAUTH_AUTHORITY", "ftp://id")]
    [InlineData("INFRA_GATE_OAUTH_AUTHORITY", "https://user:password@id.example.com")]
    [InlineData("INFRA_GATE_OAUTH_SCOPE", "mcp:everything")]
    [InlineData("INFRA_GATE_OAUTH_SCOPE_PREFIX", "api://two words/")]
    [InlineData("INFRA_GATE_OAUTH_SCOPE_PREFIX", "\", error=\"")]
    [InlineData("INFRA_GATE_ALLOWED_ORIGINS", "*")]
    [InlineData("INFRA_GATE_ALLOWED_ORIGINS", "https://a.example/path")]
    [InlineData("INFRA_GATE_ALLOWED_HOSTS", "*")]
    [InlineData("SESSION_TTL_SECONDS", "0")]
    [InlineData("SESSION_TTL_SECONDS", "-5")]
    [InlineData("SESSION_TTL_SECONDS", "1e9")]
    [InlineData("INFRA_GATE_MCP_ENABLED", "yes")]
    [InlineData("INFRA_GATE_MAX_BODY_BYTES", "10")]
    [InlineData("INFRA_GATE_GUARD_AUDIT_MIB", "15")]
    [InlineData("INFRA_GATE_GUARD_AUDIT_MIB", "1048577")]
    [InlineData("INFRA_GATE_KEY_ROOT", ".mcp-approvals/keys")]
    public void A_mistake_is_named_by_its_variable_and_says_how_to_mend_it(string name, string value)
    {
        var mistake = MistakesOf("Development", [], name, value).ShouldHaveSingleItem();

        mistake.ShouldContain(name == "ASPNETCORE_URLS" ? "INFRA_GATE_LISTEN" : name);
        mistake.ShouldMatch(@"\b(Give|Use|Listen|Move|Lower|Unset)\b|a wildcard is not accepted");
    }

    [Fact]
    public void The_guardrail_audit_takes_what_it_is_given_and_no_more()
    {
        Read([], "Development").Storage.GuardAuditBytes.ShouldBe(512L * 1024 * 1024);

        var options = Read([("INFRA_GATE_GUARD_AUDIT_MIB", "16")], "Development");

        options.Storage.GuardAuditBytes.ShouldBe(16L * 1024 * 1024);
        using var provider = new ServiceCollection().AddGuardrails(options).BuildServiceProvider();
        var guardrail = provider.GetRequiredService<GuardrailOptions>();
        (guardrail.AuditFileSize * guardrail.AuditFiles).ShouldBe(16L * 1024 * 1024);
    }

    [Fact]
    public void All_mistakes_come_in_one_message()
    {
        var broken = Should.Throw<ConfigurationException>(() => Read([("SESSION_TTL_SECONDS", "x"), ("INFRA_GATE_OAUTH_SCOPE", "y"), ("INFRA_GATE_MCP_ENABLED", "z")], "Development"));

        broken.Mistakes.Count.ShouldBe(3);
        broken.Mistakes.ShouldAllBe(mistake => broken.Message.Contains(mistake, StringComparison.Ordinal));
    }

    private static IReadOnlyList<string> MistakesOf(string environment, Dictionary<string, string> basis, string name, string value) =>
        Should.Throw<ConfigurationException>(() => Read([(name, value)], environment, basis)).Mistakes;

    private static GatewayOptions Read((string Name, string Value)[] settings, string environment, Dictionary<string, string>? basis = null)
    {
        var all = new Dictionary<string, string>(basis ?? [], StringComparer.Ordinal);
        foreach (var (name, value) in settings)
        {
            all[name] = value;
        }

        return GatewayOptionsReader.Read(all.GetValueOrDefault, environment);
    }
}
