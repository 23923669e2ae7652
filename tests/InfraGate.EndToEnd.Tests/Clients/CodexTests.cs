using System.Text.Json.Nodes;
using InfraGate.EndToEnd.Tests.Gateways;
using InfraGate.EndToEnd.Tests.People;
using InfraGate.RealParts.Browser;
using InfraGate.RealParts.Clusters;
using InfraGate.RealParts.Files;

namespace InfraGate.EndToEnd.Tests.Clients;

/// <summary>A gateway whose issuer's access tokens run out so soon that every client must renew them.</summary>
public sealed class ShortTokenGateway() : GatewayUnderTest(new SandboxCluster(), namespaces: 0)
{
    protected override IReadOnlyDictionary<string, string?> IssuerEnvironment =>
        new Dictionary<string, string?> { ["DEV_ISSUER_ACCESS_TOKEN_SECONDS"] = $"{TokenRenewal.TokenLifetime.TotalSeconds}" };
}

/// <summary>The Codex CLI from npm, signed in by a person at a real browser, with the configuration that the README gives.</summary>
public sealed class CodexTests(ShortTokenGateway stack, ChromiumFixture chromium) : IClassFixture<ShortTokenGateway>, IClassFixture<ChromiumFixture>
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task It_is_added_signs_in_calls_a_tool_and_renews_its_token_with_resource_and_scopes_set_or_not(bool named) =>
        TokenRenewal.CompletesAsync(stack.Gateway, chromium, Person.Alice, named);

    [Fact]
    public async Task It_calls_a_tool_with_an_api_key_from_its_environment_configured_as_the_documentation_says()
    {
        await using var codex = await CodexCli.CreateAsync();
        codex.Configure(Documented("env_http_headers"));
        codex.SetVariable("INFRA_GATE_API_KEY", await stack.Gateway.CreateApiKeyAsync("codex", "mcp:read"));

        var answer = await codex.CallAsync("get_k8s_status", new JsonObject { ["namespace"] = IClusterUnderTest.DemoNamespace });

        answer.GetProperty("structuredContent").GetRawText().ShouldContain("nginx-demo");
    }

    /// <summary>The configuration with that setting in <c>docs/clients.md</c>, for this gateway.</summary>
    private string Documented(string setting) => File.ReadAllText(RepositoryFolders.InRepository("docs", "clients.md"))
        .Split("```")
        .Single(block => block.StartsWith("toml", StringComparison.Ordinal) && block.Contains(setting, StringComparison.Ordinal))["toml".Length..]
        .Replace("http://127.0.0.1:3001/mcp", stack.Gateway.Endpoint.AbsoluteUri, StringComparison.Ordinal);
}
