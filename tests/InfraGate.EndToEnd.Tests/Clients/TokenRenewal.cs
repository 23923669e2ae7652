using System.Text.Json.Nodes;
using InfraGate.EndToEnd.Tests.Agents;
using InfraGate.EndToEnd.Tests.Gateways;
using InfraGate.EndToEnd.Tests.People;
using InfraGate.RealParts.Browser;
using InfraGate.RealParts.Waiting;

namespace InfraGate.EndToEnd.Tests.Clients;

/// <summary>What every issuer must let the Codex CLI do: be added, sign in, call a tool with the token it stored, and renew that token when it has run out.</summary>
internal static class TokenRenewal
{
    /// <summary>So soon that every client must renew it, and long enough for a call before.</summary>
    public static TimeSpan TokenLifetime { get; } = TimeSpan.FromSeconds(10);

    /// <param name="gateway">A gateway whose issuer's access tokens live for <see cref="TokenLifetime"/>.</param>
    /// <param name="chromium">Where the person signs in.</param>
    /// <param name="person">Somebody whom the issuer knows.</param>
    /// <param name="named">Whether Codex is told resource and scopes in its configuration, as in the skill, or finds them itself.</param>
    public static async Task CompletesAsync(GatewayHost gateway, ChromiumFixture chromium, Person person, bool named)
    {
        await using var codex = await CodexCli.CreateAsync();
        await codex.AddAsync(gateway.Endpoint);
        if (named)
            codex.Configure($"oauth_resource = \"{gateway.Endpoint}\"\nscopes = [\"mcp:tools\"]");
        await codex.LoginAsync(chromium, person);
        var (first, firstEnd) = (codex.AccessToken, codex.AccessTokenEnd);
        await using (var agent = await AgentSession.OpenAsync(gateway.Endpoint, first))
            (await agent.CallAsync("get_allowed_namespaces")).Text.ShouldContain("mcp-nginx-demo");

        await Eventually.TrueAsync(() => Task.FromResult(firstEnd < DateTimeOffset.UtcNow), TokenLifetime + TimeSpan.FromSeconds(10));
        var answer = await codex.CallAsync("get_k8s_status", new JsonObject { ["namespace"] = "mcp-nginx-demo" });

        answer.GetProperty("structuredContent").GetRawText().ShouldContain("nginx-demo");
        codex.AccessToken.ShouldNotBe(first, "Codex has renewed its token.");
        codex.AccessTokenEnd.ShouldBeGreaterThan(firstEnd);
    }
}
