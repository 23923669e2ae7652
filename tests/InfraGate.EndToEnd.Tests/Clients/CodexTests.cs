using InfraGate.EndToEnd.Tests.Gateways;
using InfraGate.EndToEnd.Tests.People;
using InfraGate.RealParts.Browser;
using InfraGate.RealParts.Clusters;

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
}
