using System.Text.Json.Nodes;
using InfraGate.EndToEnd.Tests.Agents;
using InfraGate.EndToEnd.Tests.People;
using InfraGate.RealParts.Browser;
using InfraGate.RealParts.OidcProvider;

namespace InfraGate.EndToEnd.Tests.Clients;

/// <summary>The story with the certified <c>oidc-provider</c> as issuer: Codex registers and signs in there, and so does whoever approves.</summary>
public sealed class ForeignIssuerTests(ForeignIssuerGateway stack, ChromiumFixture chromium) : IClassFixture<ForeignIssuerGateway>, IClassFixture<ChromiumFixture>
{
    private static Person Carol { get; } = new(OidcProviderFixture.Carol.Name, OidcProviderFixture.Carol.Password);

    [Fact]
    public async Task Codex_signs_in_plans_and_applies_what_the_same_person_approves_in_a_browser()
    {
        await using var codex = await CodexCli.CreateAsync();
        await codex.AddAsync(stack.Gateway.Endpoint);
        await codex.LoginAsync(chromium, Carol);
        var request = new JsonObject { ["namespace"] = "mcp-nginx-demo", ["name"] = "nginx-demo", ["replicas"] = 3 };
        var planned = await codex.CallAsync("request_scale_deployment", request);
        var plan = planned.GetProperty("structuredContent").GetProperty("planId").GetString()!;
        await using var agent = await AgentSession.OpenAsync(stack.Gateway.Endpoint, codex.AccessToken);
        var waiting = await agent.ApplyAsync(plan);
        waiting.Code.ShouldBe("approval_required");
        (await stack.Cluster.CountWritesAsync()).ShouldBe(0);

        await using var carol = new ChromiumApprover(chromium, Carol);
        await carol.OpenAsync(waiting.ApprovalLink);
        await carol.ApproveAsync();
        var applied = await codex.CallAsync("apply_approved_plan", new JsonObject { ["planId"] = plan });

        applied.GetProperty("structuredContent").GetProperty("status").GetString().ShouldBe("applied");
        (await stack.Cluster.CountWritesAsync()).ShouldBe(1);
    }
}
