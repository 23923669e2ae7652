using System.Text.Json.Nodes;
using InfraGate.EndToEnd.Tests.Agents;
using InfraGate.EndToEnd.Tests.Gateways;
using InfraGate.EndToEnd.Tests.People;
using InfraGate.RealParts.Browser;
using InfraGate.RealParts.Clusters;
using InfraGate.RealParts.Waiting;

namespace InfraGate.EndToEnd.Tests.Clients;

/// <summary>A gateway whose issuer's access tokens run out so soon that every client must renew them.</summary>
public sealed class ShortTokenGateway() : GatewayUnderTest(new SandboxCluster(), namespaces: 0)
{
    public static TimeSpan TokenLifetime { get; } = TimeSpan.FromSeconds(10);

    protected override IReadOnlyDictionary<string, string?> IssuerEnvironment => new Dictionary<string, string?> { ["DEV_ISSUER_ACCESS_TOKEN_SECONDS"] = $"{TokenLifetime.TotalSeconds}" };
}

/// <summary>The Codex CLI from npm, signed in by a person at a real browser, with the configuration that the README gives.</summary>
public sealed class CodexTests(ShortTokenGateway stack, ChromiumFixture chromium) : IClassFixture<ShortTokenGateway>, IClassFixture<ChromiumFixture>
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_is_added_signs_in_calls_a_tool_and_renews_its_token_with_resource_and_scopes_set_or_not(bool named)
    {
        await using var codex = await CodexCli.CreateAsync();
        await codex.AddAsync(stack.Gateway.Endpoint);
        if (named)
            codex.Configure($"oauth_resource = \"{stack.Gateway.Endpoint}\"\nscopes = [\"mcp:tools\"]");
        await codex.LoginAsync(chromium, Person.Alice);
        var first = codex.AccessToken;
        await using (var agent = await AgentSession.OpenAsync(stack.Gateway.Endpoint, first))
            (await agent.CallAsync("get_allowed_namespaces")).Text.ShouldContain("mcp-nginx-demo");

        await Eventually.TrueAsync(() => Task.FromResult(codex.AccessTokenEnd < DateTimeOffset.UtcNow), ShortTokenGateway.TokenLifetime + TimeSpan.FromSeconds(10));
        var answer = await codex.CallAsync("get_k8s_status", new JsonObject { ["namespace"] = "mcp-nginx-demo" });

        answer.GetProperty("structuredContent").GetRawText().ShouldContain("nginx-demo");
        codex.AccessToken.ShouldNotBe(first, "Codex has renewed its token.");
        codex.AccessTokenEnd.ShouldBeGreaterThan(DateTimeOffset.UtcNow);
    }
}
